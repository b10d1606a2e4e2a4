using System.Diagnostics;
using System.Net.NetworkInformation;

namespace Omniview.Plugin.Sdk.Tests.Infra;

/// <summary>
/// A test's own world outside the repository: a home, a state directory, a temporary folder and a plugin project, in a
/// path with what MSBuild, shells and URLs trip over. When the test ends, it fails if anything was left behind.
/// </summary>
public abstract class Scratch : IAsyncLifetime
{
    private readonly PackageCache _packages;
    private readonly string _mark = Guid.NewGuid().ToString("N");
    private readonly List<Shell> _shells = [];

    protected Scratch(PackageCache packages, string folder = "a b;c%20é")
    {
        _packages = packages;
        Root = Directory.CreateTempSubdirectory("ovp-").FullName;
        Project = Path.Combine(Root, folder, "plugin");
        foreach (var one in new[] { Project, Home, State, Temp })
        {
            Directory.CreateDirectory(one);
        }

        File.WriteAllText(Path.Combine(Root, "nuget.config"), PackageCache.NuGetConfig);
    }

    protected string Root { get; }

    protected string Project { get; }

    protected string Home => Path.Combine(Root, "home");

    protected string State => Path.Combine(Root, "state");

    protected string Temp => Path.Combine(Root, "tmp");

    protected string Installed(string id, string file) => Path.Combine(State, "plugins", id, file);

    protected string InProject(string file) => Path.Combine(Project, file);

    protected string Write(string file, string text)
    {
        var path = InProject(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Environment variables of this test's commands, over the usual ones; null removes.</summary>
    protected Dictionary<string, string?> Environment { get; } = [];

    protected Shell Start(string program, params IEnumerable<string> arguments)
    {
        var info = new ProcessStartInfo(program) { WorkingDirectory = Project };
        foreach (var argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in DefaultEnvironment().Concat(Environment))
        {
            if (value is null)
            {
                info.Environment.Remove(name);
            }
            else
            {
                info.Environment[name] = value;
            }
        }

        var shell = new Shell(info);
        _shells.Add(shell);
        return shell;
    }

    protected async Task<Result> RunAsync(string program, params IEnumerable<string> arguments)
    {
        var shell = Start(program, arguments);
        var exitCode = await shell.ExitAsync();
        return new Result(shell.Command, exitCode, shell.Text);
    }

    protected Task<Result> DotnetAsync(params IEnumerable<string> arguments) => RunAsync("dotnet", arguments);

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        try
        {
            await Assert_nothing_is_left_behind();
        }
        finally
        {
            _shells.ForEach(shell => shell.Dispose());
            KillProcess("");

            Directory.Delete(Root, recursive: true);
        }
    }

    /// <summary>kill -9 for this test's processes whose command line holds the text.</summary>
    protected void KillProcess(string text)
    {
        foreach (var process in LivingProcesses().Where(process => process.Contains(text, StringComparison.Ordinal)))
        {
            Process.GetProcessById(int.Parse(
                process.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)).Kill();
        }
    }

    protected List<string> LivingProcesses() => Marked.Processes(_mark);

    protected static HashSet<int> ListeningPorts() =>
        [.. IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(point => point.Port)];

    private Dictionary<string, string?> DefaultEnvironment()
    {
        var realHome = System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile);
        return new Dictionary<string, string?>
        {
            [Marked.Variable] = _mark,
            ["HOME"] = Home,
            ["TMPDIR"] = Temp,
            ["OMNIVIEW_STATE_DIR"] = State,
            ["NUGET_PACKAGES"] = _packages.Path,
            ["NUGET_HTTP_CACHE_PATH"] = Path.Combine(_packages.Path, ".http"),
            ["NUGET_PLUGINS_CACHE_PATH"] = Path.Combine(_packages.Path, ".plugins"),
            ["GOCACHE"] = System.Environment.GetEnvironmentVariable("GOCACHE")
                ?? Path.Combine(realHome, ".cache", "go-build"),
            ["GOMODCACHE"] = Path.Combine(Root, "gomod"),
            ["npm_config_userconfig"] = Path.Combine(realHome, ".npmrc"),
            ["npm_config_store_dir"] = Path.Combine(Repository.Root, ".tools", "pnpm-store"),
            ["npm_config_cache"] = Path.Combine(realHome, ".npm"),
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["DOTNET_NOLOGO"] = "1",
            ["DOTNET_SKIP_FIRST_TIME_EXPERIENCE"] = "1",
            ["MSBUILDDISABLENODEREUSE"] = "1",
            ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
            ["CI"] = null,
            ["NO_COLOR"] = null,
            ["GITHUB_ACTIONS"] = null,
            ["XDG_CACHE_HOME"] = null,
        };
    }

    private async Task Assert_nothing_is_left_behind()
    {
        // Some end on their own account, e.g. a dev host that nobody needs any more.
        var patience = Stopwatch.StartNew();
        while (TestContext.Current.TestState?.Result != TestResult.Failed && LivingProcesses() is { Count: > 0 } alive)
        {
            Assert.True(
                patience.Elapsed < Limits.Wait, $"These processes were left behind:\n{string.Join('\n', alive)}");
            await Task.Yield();
        }

        var files = Directory.EnumerateFileSystemEntries(Temp)
            .Where(path => !IsOfDotnet(path))
            .Concat(
                Directory
                    .EnumerateFiles(
                        Path.Combine(State),
                        "*",
                        new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
                    .Where(path =>
                        Path.GetFileName(path) is ".devinfo"
                        || Path.GetExtension(path) is ".tmp" or ".token"
                        || Path.GetFileName(path).StartsWith("host.", StringComparison.Ordinal)
                            && path.EndsWith(".json", StringComparison.Ordinal)))
            .ToList();
        Assert.True(files.Count == 0, $"These files were left behind:\n{string.Join('\n', files)}");
    }

    /// <summary>
    /// What the dotnet command leaves in a temporary folder: any C# build two empty folders with six letters, and a
    /// process that got kill -9 the pipes of its debugger interface.
    /// </summary>
    private static bool IsOfDotnet(string path)
    {
        var name = Path.GetFileName(path);
        return name is ".dotnet" or "NuGetScratchroot"
            || name.StartsWith("MSBuildTemp", StringComparison.Ordinal)
            || name.StartsWith("clr-debug-pipe-", StringComparison.Ordinal)
            || name.StartsWith("dotnet-diagnostic-", StringComparison.Ordinal)
            || (name.Length == 6 && Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any());
    }
}
