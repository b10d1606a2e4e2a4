using System.Formats.Tar;
using System.IO.Compression;
using Omniview.Plugin.Core.Archives;
using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Tests.Archives;

public sealed class ArchiveInstallerTests : IDisposable
{
    private readonly TempFolder _temp = new();

    private string Archive => Path.Combine(_temp.Path, "packed.tar.gz");

    private string State => Path.Combine(_temp.Path, "state");

    private string Installed(string file) => Path.Combine(State, "plugins", "packed", file);

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task A_plugin_is_installed_with_its_program_runnable_and_nothing_of_its_modes()
    {
        PluginTar.Good().Write(Archive);

        var installed = await InstallAsync();

        Assert.Equal(
            ("packed", "1.2.3", true), (installed.Manifest.Id, installed.Manifest.Version, installed.Result.AnyChange));
        Assert.Equal("the program", File.ReadAllText(Installed(PluginTar.Program)));
        Assert.Equal("1", File.ReadAllText(Installed("assets/deep/chunk.js")));
        Modes.Assert((UnixFileMode)0b111_101_101, Installed(PluginTar.Program));
        Modes.Assert((UnixFileMode)0b110_100_100, Installed("plugin.yaml"));
        Assert.Empty(installed.LeftOut);
    }

    [Fact]
    public async Task A_newer_one_takes_the_place_of_the_assets_and_leaves_data_and_store()
    {
        PluginTar.Good().Write(Archive);
        await InstallAsync();
        Write("data/kept", "mine");
        Write("store/kept", "mine too");
        new PluginTar().File("plugin.yaml", PluginTar.Manifest.Replace("1.2.3", "2.0.0", StringComparison.Ordinal))
            .File(PluginTar.Program, "newer").File("assets/entry.js", "newer")
            .File("data/kept", "theirs").File("README.md", "read me").Write(Archive);

        var installed = await InstallAsync();

        Assert.Equal("newer", File.ReadAllText(Installed(PluginTar.Program)));
        Assert.False(File.Exists(Installed("assets/deep/chunk.js")));
        Assert.Equal(
            ("mine", "mine too"),
            (File.ReadAllText(Installed("data/kept")), File.ReadAllText(Installed("store/kept"))));
        Assert.Equal(["data/kept", "README.md"], installed.LeftOut);
        Assert.False((await InstallAsync()).Result.AnyChange);
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("./assets/../../evil")]
    [InlineData("/etc/evil")]
    [InlineData("assets\\..\\evil")]
    [InlineData("C:evil")]
    [InlineData("assets/entry.js:stream")]
    [InlineData("assets/.. /evil")]
    [InlineData("assets/evil.")]
    [InlineData("assets/e\u001b[2Jvil")]
    public async Task A_name_that_could_lead_elsewhere_refuses_all_of_it(string name)
    {
        PluginTar.Good().File(name, "evil").Write(Archive);

        var problem = await RefusedAsync(DiagnosticCodes.ArchiveRefused);

        Assert.DoesNotContain('\u001b', problem.Message);
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    [InlineData(TarEntryType.Fifo)]
    public async Task What_is_no_plain_file_refuses_all_of_it(TarEntryType type)
    {
        var tar = PluginTar.Good();
        _ = type == TarEntryType.Fifo
            ? tar.Add(new PaxTarEntry(type, "assets/pipe"))
            : tar.Link(type, "assets/link", "../../../../etc/passwd");
        tar.Write(Archive);

        await RefusedAsync(DiagnosticCodes.ArchiveRefused);
    }

    [Fact]
    public async Task Two_names_that_are_one_file_on_some_systems_refuse_all_of_it()
    {
        PluginTar.Good().File("assets/ENTRY.js", "other").Write(Archive);

        await RefusedAsync(DiagnosticCodes.ArchiveRefused);
    }

    [Fact]
    public void What_unpacks_to_too_much_is_given_up_also_when_it_is_left_out()
    {
        foreach (var name in new[] { "assets/large", "large" })
        {
            PluginTar.Good().File(name, new string('x', 20_000)).Write(Archive);

            var thrown = Assert.Throws<DiagnosticException>(() =>
                new ArchiveUnpacker(
                    Archive, Path.Combine(_temp.Path, name.Replace('/', '-')), new ArchiveLimits(10_000, 100)
                ).Unpack(TestContext.Current.CancellationToken));
            Assert.Equal(DiagnosticCodes.ArchiveRefused, thrown.Diagnostic.Code);
        }

        PluginTar.Good().Write(Archive);
        Assert.Equal(
            DiagnosticCodes.ArchiveRefused,
            Assert
                .Throws<DiagnosticException>(() =>
                    new ArchiveUnpacker(Archive, Path.Combine(_temp.Path, "many"), new ArchiveLimits(10_000, 3)).Unpack(
                        TestContext.Current.CancellationToken))
                .Diagnostic.Code);
    }

    [Fact]
    public async Task What_is_no_archive_or_a_part_of_one_is_told()
    {
        await RefusedAsync(DiagnosticCodes.ArchiveUnreadable); // not there
        await File.WriteAllTextAsync(Archive, "<html>404</html>", TestContext.Current.CancellationToken);
        await RefusedAsync(DiagnosticCodes.ArchiveUnreadable);
        PluginTar.Good(program: new string('x', 100_000)).Write(Archive);
        var whole = await File.ReadAllBytesAsync(Archive, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Archive, whole[..(whole.Length / 2)], TestContext.Current.CancellationToken);
        await RefusedAsync(DiagnosticCodes.ArchiveUnreadable);
        await using (var zipped = new GZipStream(File.Create(Archive), CompressionLevel.Fastest))
        {
            await zipped.WriteAsync(
                new byte[4096].Select((_, i) => (byte)(i % 251)).ToArray(), TestContext.Current.CancellationToken);
        }

        await RefusedAsync(DiagnosticCodes.ArchiveUnreadable);
    }

    [Theory]
    [InlineData("plugin.yaml", "no plugin.yaml")]
    [InlineData("bin/plugin", "no bin/plugin")]
    [InlineData("assets/entry.js", "no assets/entry.js")]
    public async Task What_lacks_a_part_is_not_installed(string part, string said)
    {
        var tar = new PluginTar();
        foreach (
            var (name, text) in new[]
            {
                ("plugin.yaml", PluginTar.Manifest),
                ("bin/plugin", "x"),
                ("assets/entry.js", "x"),
            }.Where(file => file.Item1 != part))
        {
            tar.File(name, text);
        }

        tar.Write(Archive);

        Assert.Contains(
            said, (await RefusedAsync(DiagnosticCodes.ArchiveIncomplete)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_for_another_system_is_told_as_that()
    {
        var another = OperatingSystem.IsWindows() ? "bin/plugin" : "bin/plugin.exe";
        new PluginTar().File("plugin.yaml", PluginTar.Manifest).File(another, "x").File("assets/entry.js", "x")
            .Write(Archive);

        Assert.Contains(
            "for another system",
            (await RefusedAsync(DiagnosticCodes.ArchiveIncomplete)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_problems_of_its_manifest_are_told_with_their_place()
    {
        PluginTar.Good(PluginTar.Manifest.Replace("packed", "../evil", StringComparison.Ordinal)).Write(Archive);

        var problem = await RefusedAsync(DiagnosticCodes.PluginIdIllegal);

        Assert.Contains("plugin.yaml(1,5): ", problem.Message, StringComparison.Ordinal);
        Assert.Equal(Archive, problem.File);
    }

    private async Task<Diagnostic> RefusedAsync(string code)
    {
        var before = TemporaryFolders();
        var problem = (await Assert.ThrowsAsync<DiagnosticException>(InstallAsync)).Diagnostic;

        Assert.Equal((code, Archive), (problem.Code, problem.File));
        Assert.False(Directory.Exists(State), "something was installed");
        Assert.Equal(before, TemporaryFolders()); // only this class makes them, one test at a time
        return problem;
    }

    private static string[] TemporaryFolders() => Directory.GetDirectories(Path.GetTempPath(), "omniview-install-*");

    private Task<InstalledArchive> InstallAsync() =>
        ArchiveInstaller.InstallAsync(Archive, State, _ => Task.CompletedTask, TestContext.Current.CancellationToken);

    private void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Installed(file))!);
        File.WriteAllText(Installed(file), text);
    }
}
