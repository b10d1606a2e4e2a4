using System.Diagnostics;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Testing;
using Omniview.Plugin.Core.Ui.Packages;

namespace Omniview.Plugin.Core.Ui.Testing;

/// <summary>Runs the UI's own script <c>test</c>, whatever it runs.</summary>
/// <param name="line">Gets the tools' output as it comes.</param>
internal sealed class UiTester(Action<OutputLine> line)
{
    private const int ShownLines = 30;

    /// <summary>
    /// Installs the packages if needed and runs the script. It is one test, <c>ui</c>: how many there are in it only
    /// its runner knows. Null when package.json has no such script.
    /// </summary>
    /// <exception cref="DiagnosticException">OVP2004, OVP2005, OVP5001, OVP5007.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; all it started has ended.</exception>
    public async Task<(TestOutcome Test, Diagnostic? Problem)?> TestAsync(
        UiInstallRequest request, CancellationToken cancellation)
    {
        if (PackageJson.Read(request.Ui.PackageJson).TestScript is not { } script)
        {
            return null;
        }

        var tools = UiTools.Find(request);
        await new UiInstaller(line).EnsureInstalledAsync(request, cancellation);
        var clock = Stopwatch.StartNew();
        var output = new OutputTail(line);
        string[] run = ["run", "test"];
        var spec = new ProcessSpec(
            tools.Manager.Executable,
            tools.Manager.IsThroughCorepack ? [tools.Manager.Name, .. run] : run,
            request.Ui.Directory)
        {
            Environment = tools.Environment,
        };
        var exitCode = await ToolRunner.RunAsync(spec, output.Add, cancellation);
        var test = new TestOutcome(
            "ui",
            "test",
            exitCode == 0 ? TestStatus.Passed : TestStatus.Failed,
            clock.Elapsed,
            exitCode == 0 ? "" : string.Join('\n', output.Lines));
        if (exitCode == 0)
        {
            return (test, null);
        }

        var lastLines = output.Lines.Where(text => text.Trim().Length > 0).TakeLast(ShownLines);
        return (test, Diagnostic.Error(
            DiagnosticCodes.UiTestsFailed,
            $"The UI's tests failed: `{tools.Manager.Name} run test` ({script}) ended with exit code {exitCode}. Its " +
            $"last lines:\n{string.Join('\n', lastLines)}").At(request.Ui.PackageJson));
    }
}
