using System.Diagnostics;
using System.Security.Cryptography;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Install;
using Omniview.Plugin.Core.Tests.Processes;

namespace Omniview.Plugin.Core.Tests.State;

/// <summary>Installs of hundreds of files that get SIGKILL on the way, and who comes next.</summary>
public sealed class InterruptedInstallTests : IDisposable
{
    private const int Assets = 400;
    private readonly TempFolder _folder = new();

    /// <summary>Where in an install the kill falls: what it waits for, of a file that is chosen at random.</summary>
    public enum Moment
    {
        /// <summary>The file is staged.</summary>
        Staging,

        /// <summary>The file is in its place.</summary>
        Putting,

        /// <summary>The file that it replaced is being forgotten.</summary>
        Forgetting,
    }

    private string State => _folder["state"];

    private string Plugin => _folder["state/plugins/demo"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Moment.Staging, 3)]
    [InlineData(Moment.Putting, 9)]
    [InlineData(Moment.Forgetting, 3)]
    public async Task One_that_is_killed_leaves_one_version_and_nothing_else(Moment moment, int kills)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "starts the tool as Linux does");
        Build(versions: 3);
        Assert.Equal(0, await RunAsync("install", State, Project(1)));
        var (old, mixtures) = (1, 0);
        for (var kill = 0; kill < kills; kill++)
        {
            var next = (old % 3) + 1;
            await KillAsync(Plugin, moment, "install", State, Project(next));
            mixtures += Versions(Plugin).Count > 1 ? 1 : 0;

            var found = InterruptedInstalls.RollBack(State); // as the doctor and a dev host that starts do

            Assert.All(found, problem => Assert.Equal(DiagnosticCodes.LeftoversOfDeadHost, problem.Code));
            var whole = Assert.Single(Versions(Plugin));
            Assert.Contains(whole, (int[])[old, next]);
            // and no temporaries
            Assert.Equal(Assets + 3, FolderTree.Read(Plugin).Files.Count(file => file != InstallLock.Name));
            Assert.Empty(InterruptedInstalls.RollBack(State));
            old = whole;
        }

        Assert.True(
            moment != Moment.Putting || mixtures > 0,
            "no kill fell into the middle of a commit: the test shows nothing");
    }

    [Fact]
    public async Task The_next_install_needs_nobody_to_take_it_back()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "starts the tool as Linux does");
        Build(versions: 3);
        Assert.Equal(0, await RunAsync("install", State, Project(1)));
        await KillAsync(Plugin, Moment.Putting, "install", State, Project(2));

        Assert.Equal(0, await RunAsync("install", State, Project(3)));

        Assert.Equal(3, Assert.Single(Versions(Plugin)));
        Assert.Equal(Assets + 3, FolderTree.Read(Plugin).Files.Count(file => file != InstallLock.Name));
    }

    [Fact]
    public async Task A_first_one_that_is_killed_leaves_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "starts the tool as Linux does");
        Build(versions: 1);
        do
        {
            if (Directory.Exists(Plugin))
            {
                Directory.Delete(Plugin, recursive: true);
            }

            await KillAsync(Plugin, Moment.Putting, "install", State, Project(1));
        }
        // it was done before the signal got there
        while (!File.Exists(Path.Combine(Plugin, StagingFolder.Name, "journal.json")));

        InterruptedInstalls.RollBack(State);

        Assert.Equal([InstallLock.Name], Directory.EnumerateFileSystemEntries(Plugin).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Publishing_that_is_killed_is_taken_back_by_the_next()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "starts the tool as Linux does");
        var folder = _folder["out"];
        Build(versions: 3, sameNames: true);
        Assert.Equal(0, await RunAsync("publish", Project(1), folder));
        _folder.Write("out/mine.txt", "mine");
        await KillAsync(folder, Moment.Putting, "publish", Project(2), folder);
        await KillAsync(folder, Moment.Putting, "publish", Project(3), folder);
        await KillAsync(folder, Moment.Putting, "publish", Project(2), folder);

        Assert.Equal(0, await RunAsync("publish", Project(3), folder));

        File.Delete(_folder["out/mine.txt"]);
        Assert.Equal(3, Assert.Single(Versions(folder)));
        Assert.Equal(Assets + 2, FolderTree.Read(folder).Files.Count); // no lock either: the folder is handed on
    }

    [Fact]
    public async Task Takes_nothing_back_of_an_install_that_goes_on()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "starts the tool as Linux does");
        Build(versions: 2);
        Assert.Equal(0, await RunAsync("install", State, Project(1)));
        await KillAsync(Plugin, Moment.Putting, "install", State, Project(2));
        using (new FileStream(
            Path.Combine(Plugin, InstallLock.Name), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Empty(InterruptedInstalls.RollBack(State));
        }
    }

    private string Project(int version) => _folder[$"project-{version}"];

    /// <summary>
    /// Makes versions of a project in which every file says its version; half of the assets have names of their own.
    /// </summary>
    private void Build(int versions, bool sameNames = false)
    {
        for (var version = 1; version <= versions; version++)
        {
            var project = $"project-{version}";
            _folder.Write($"{project}/plugin.yaml", $"id: demo\n# {version}");
            _folder.Write($"{project}/plugin", $"{version}");
            _folder.Write($"{project}/assets/entry.js", $"{version}");
            for (var asset = 0; asset < Assets; asset++)
            {
                _folder.Write(
                    asset % 2 == 0 || sameNames
                        ? $"{project}/assets/{asset % 10}/chunk-{asset}.js"
                        : $"{project}/assets/v{version}/chunk-{asset}.js",
                    $"{version}");
            }
        }
    }

    private static HashSet<int> Versions(string folder) =>
        [
            .. FolderTree
                .Read(folder)
                .Files.Where(file =>
                    file != InstallLock.Name && !file.StartsWith(StagingFolder.Name, StringComparison.Ordinal))
                .Select(file =>
                    int.Parse(
                        File.ReadAllText(Path.Combine(folder, file)).Split(' ')[^1],
                        System.Globalization.CultureInfo.InvariantCulture)),
        ];

    private static Process Start(params string[] arguments) =>
        Process.Start(new ProcessStartInfo(Starter.Program, arguments))!;

    private static async Task<int> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    /// <summary>
    /// Kills the tool as soon as it is at the moment; it may be further by the time the signal gets there, or done.
    /// </summary>
    private static async Task KillAsync(string folder, Moment moment, params string[] arguments)
    {
        var file = RandomNumberGenerator.GetInt32(Assets);
        var staging = Path.Combine(folder, StagingFolder.Name);
        using var process = Start(arguments);
        while (!process.HasExited && !File.Exists(Path.Combine(staging, $"new-{file}")))
        {
            Thread.Yield();
        }

        while (moment != Moment.Staging && !process.HasExited && File.Exists(Path.Combine(staging, $"new-{file}")))
        {
            Thread.Yield();
        }

        while (
            moment == Moment.Forgetting
            && !process.HasExited
            && (File.Exists(Path.Combine(staging, "journal.json")) || File.Exists(Path.Combine(staging, $"old-{file}")))
        )
        {
            Thread.Yield();
        }

        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
