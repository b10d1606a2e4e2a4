using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Commands;
using Omniview.Plugin.Core.Go.Modules;
using Omniview.Plugin.Core.Go.Toolchain;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Go.Testing;

/// <summary>Runs a plugin's tests with <c>go test</c>.</summary>
internal static class GoTester
{
    /// <summary>Runs the tests: each failure is an error at its line, with the test's name.</summary>
    /// <param name="request">What to test.</param>
    /// <param name="line">Gets every line of go and the tests, as it is written.</param>
    /// <param name="cancellation">Ends go and the tests within two seconds.</param>
    /// <exception cref="DiagnosticException">OVP2006: go can't be started. OVP2003: there is no folder for its
    /// work.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; no process is left by then.</exception>
    public static async Task<GoTestResult> TestAsync(
        GoTestRequest request, Action<OutputLine> line, CancellationToken cancellation)
    {
        var tally = new GoTestTally(request.KeepOutput);
        var (exitCode, found) = await GoRun.RunAsync(
            request, GoCommand.Test, Arguments(request), line, tally.Add, cancellation);
        tally.Close();
        return new GoTestResult(exitCode == 0, tally.Tests, found);
    }

    /// <summary>The argument vector.</summary>
    public static IReadOnlyList<string> Arguments(GoTestRequest request) =>
    [
        "test", "-json", .. GoFlags.For(request, GoCommand.Test),
        .. request.ListOnly
            ? new[] { $"-list={request.Filter ?? "."}" }
            : request.Filter is { Length: > 0 } filter
            ? [$"-run={filter}"]
            : [],
        .. request.Skip is { Length: > 0 } skip ? new[] { $"-skip={skip}" } : [],
        .. request.Timeout?.Trim() is { Length: > 0 } timeout
            ? new[] { $"-timeout={timeout}{(timeout.All(char.IsAsciiDigit) ? "s" : "")}" }
            : [],
        .. GoPackages.Expand(request.ProjectDirectory, request.Packages),
        .. request.TestArguments, // last: from the first flag on that go does not know, all goes to the tests
    ];
}
