using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Modules;
using Omniview.Plugin.Core.Go.Toolchain;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Go.Commands;

/// <summary>Looks for suspicious code with <c>go vet</c>.</summary>
internal static class GoVetter
{
    /// <summary>
    /// What vet has to say, as warnings, all of it: also that it can't look at a package, for example because a test in
    /// it does not compile.
    /// </summary>
    /// <param name="request">What to look at.</param>
    /// <param name="line">Gets every line go writes, as it is written.</param>
    /// <param name="cancellation">Ends go and what it started within two seconds.</param>
    /// <exception cref="DiagnosticException">OVP2006: go can't be started. OVP2003: there is no folder for its
    /// work.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; no process is left by then.</exception>
    public static async Task<IReadOnlyList<Diagnostic>> VetAsync(
        GoVetRequest request, Action<OutputLine> line, CancellationToken cancellation)
    {
        var (_, found) = await GoRun.RunAsync(request, GoCommand.Vet, Arguments(request), line, null, cancellation);
        return
        [
            .. found.Select(one =>
                one.Severity == DiagnosticSeverity.Error ? one with { Severity = DiagnosticSeverity.Warning } : one),
        ];
    }

    /// <summary>The argument vector: <c>-json</c>, which tells where a finding ends.</summary>
    public static IReadOnlyList<string> Arguments(GoVetRequest request) =>
    [
        "vet", "-json", .. GoFlags.For(request, GoCommand.Vet),
        "-trimpath=false", // whatever GOFLAGS and arguments say: see GoFlags
        .. request.VetArguments,
        .. GoPackages.Expand(request.ProjectDirectory, request.Packages),
    ];
}
