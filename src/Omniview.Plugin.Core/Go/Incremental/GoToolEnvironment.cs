using System.Text.Json;
using Omniview.Plugin.Core.Go.Commands;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Go.Incremental;

/// <summary>The environment that the go command runs the compiler and the linker with.</summary>
internal static class GoToolEnvironment
{
    // Those of cmd/go that its tools look at; they need not be in the environment, so go tells them (cmd/go, main:
    // cfg.CmdEnv).
    private static readonly string[] Variables =
    [
        "GOOS",
        "GOARCH",
        "GOROOT",
        "GOEXPERIMENT",
        "GOFIPS140",
        "GO386",
        "GOAMD64",
        "GOARM",
        "GOARM64",
        "GOMIPS",
        "GOMIPS64",
        "GOPPC64",
        "GORISCV64",
        "GOWASM",
    ];

    /// <summary>
    /// What go adds to the environment of its tools, and the files that its settings come from, or its version.
    /// </summary>
    public static async Task<(IReadOnlyDictionary<string, string?> Environment, string[] Settings)> ReadAsync(
        GoBuildRequest request, CancellationToken cancellation)
    {
        var environment = GoMemory.EnvironmentFor(request);
        var spec = new ProcessSpec(
            request.Toolchain.Executable, ["env", "-json", "GOENV", .. Variables], request.ProjectDirectory)
        {
            Environment = GoBuildArguments.EnvironmentFor(request),
        };
        var (_, output) = await ToolRunner.CaptureAsync(spec, cancellation);
        // none is left out, an unknown one is empty
        var told = JsonSerializer.Deserialize<Dictionary<string, string>>(output)!;
        foreach (var name in Variables)
        {
            environment[name] = told[name];
        }

        var root = told["GOROOT"];
        var own = told["GOENV"] is { Length: > 0 } file and not "off" && Path.IsPathRooted(file) ? file : null;
        string?[] settings = [own, Path.Combine(root, "go.env"), Path.Combine(root, "VERSION")];
        return (environment, [.. settings.OfType<string>()]);
    }
}
