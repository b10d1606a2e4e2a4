using System.Runtime.CompilerServices;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Modules;
using Omniview.Plugin.Core.Go.Toolchain;

namespace Omniview.Plugin.Core.Doctor;

/// <summary>Go is there, and new enough for go.mod.</summary>
internal static class GoCheck
{
    private const string Variable = "GOTOOLCHAIN";

    /// <exception cref="DiagnosticException">OVP2001.</exception>
    public static async IAsyncEnumerable<Finding> RunAsync(
        CheckContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (!context.HasBackend)
        {
            yield break;
        }

        var settings = context.Settings;
        var go = await GoToolchain.FindAsync(
            context.Directory, settings.Go.ToolPath, cancellation, settings.SearchPath);
        context.AddFact($"Go {go.Version} ({go.Executable})");
        if (GoModule.Read(context.Directory) is not { } module)
        {
            yield break; // OVP1018, or that of plugin.yaml, says it
        }

        // A `toolchain` line is advice for the main module; the `go` line is a demand (go.dev/doc/toolchain).
        var choice = settings.Go.Environment.GetValueOrDefault(Variable)
            ?? await CheckContext.QueryToolAsync(
                go.Executable, ["env", Variable], new Dictionary<string, string?>(), cancellation)
            ?? "auto";
        var stays = choice.Split('+')[0] == "local" && !choice.Contains('+', StringComparison.Ordinal);
        if (module.Language is { } wanted && wanted > go.Version)
        {
            var what = $"go.mod asks for Go {wanted}, and {go.Executable} is {go.Version}.";
            yield return (
                stays
                    ? Finding.Error(
                        DiagnosticCodes.GoTooOld,
                        $"{what} {Variable} is '{choice}', so no build will work.",
                        $"Install Go {wanted} or later (https://go.dev/dl), or let go fetch it: go env -w " +
                        $"{Variable}=auto"
                    )
                    : Finding.Warning(
                        DiagnosticCodes.GoIsFetched,
                        $"{what} Each build runs a Go that is fetched for it.",
                        $"Install Go {wanted} or later (https://go.dev/dl)."
                    )
            ).At(module.File, module.LanguageLine, 1);
        }
        else if (!stays && GoVersion.TryParse(module.Toolchain, out var suggested) && suggested > go.Version)
        {
            yield return Finding.Warning(
                DiagnosticCodes.GoIsFetched,
                $"go.mod suggests {module.Toolchain}, and {go.Executable} is {go.Version}. Each build runs a Go " +
                "that is fetched for it.",
                $"Install Go {suggested} or later (https://go.dev/dl).").At(module.File, module.ToolchainLine, 1);
        }
    }
}
