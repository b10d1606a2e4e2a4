using System.Net.NetworkInformation;

namespace Omniview.Plugin.Sdk.Tests.Infra;

/// <summary>
/// A scratch world for the dotnet command: a folder feed with the SDK, and a project in a path with what MSBuild,
/// shells and URLs trip over.
/// </summary>
public abstract class SdkScratch : Scratch
{
    protected SdkScratch(PackageCache packages, string folder = "a b;c%20é")
        : base("ovp-", Path.Combine(folder, "plugin"))
    {
        Packages = packages;
        Directory.CreateDirectory(State);
        File.WriteAllText(Path.Combine(Root, "nuget.config"), PackageCache.NuGetConfig);
    }

    protected PackageCache Packages { get; }

    /// <summary>Environment variables of this test's commands, over the usual ones; null removes.</summary>
    protected Dictionary<string, string?> Environment { get; } = [];

    protected override IEnumerable<KeyValuePair<string, string?>> CommandEnvironment =>
        OwnEnvironment()
            .Select(variable => KeyValuePair.Create(variable.Key, (string?)variable.Value))
            .Concat(DotnetEnvironment())
            .Concat(Evaluation.Variables.Select(name => KeyValuePair.Create(name, (string?)null)))
            .Concat(Environment);

    protected async Task<Result> RunAsync(string program, params IEnumerable<string> arguments)
    {
        var shell = Start(program, arguments);
        var exitCode = await shell.ExitAsync();
        return new Result(shell.Command, exitCode, shell.Text);
    }

    protected Task<Result> DotnetAsync(params IEnumerable<string> arguments) => RunAsync("dotnet", arguments);

    protected List<string> LivingProcesses() => Processes("");

    protected static HashSet<int> ListeningPorts() =>
        [.. IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(point => point.Port)];

    protected override IEnumerable<string> FilesLeftBehind() =>
        Directory.EnumerateFileSystemEntries(Temp)
            .Where(path => !IsOfDotnet(path))
            .Concat(
                Directory
                    .EnumerateFiles(
                        State, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
                    .Where(IsOfSomethingRunning));

    private Dictionary<string, string?> DotnetEnvironment() => new()
    {
        ["NUGET_PACKAGES"] = Packages.Path,
        ["NUGET_HTTP_CACHE_PATH"] = Path.Combine(Packages.Path, ".http"),
        ["NUGET_PLUGINS_CACHE_PATH"] = Path.Combine(Packages.Path, ".plugins"),
        ["GOMODCACHE"] = Path.Combine(Root, "gomod"),
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
