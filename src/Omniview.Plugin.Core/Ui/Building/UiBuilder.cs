using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Ui.Packages;
using Omniview.Plugin.Core.Ui.Sources;
using Omniview.Plugin.Core.Ui.TypeScript;
using Omniview.Plugin.Core.Ui.Vite;

namespace Omniview.Plugin.Core.Ui.Building;

/// <summary>
/// Builds a UI for installation: installs its packages, runs <c>vite build</c>, checks the types and that Omniview can
/// load the result. What has not changed is not done again: then neither the package manager nor node is started.
/// </summary>
/// <param name="line">Gets the tools' output as it comes.</param>
/// <param name="note">Is told what is waited for: another program, or, if it is given, an install and how far that is.
/// By default the former is a line like the others.</param>
internal sealed class UiBuilder(Action<OutputLine> line, Action<string>? note = null)
{
    private static readonly TimeSpan EntryLimit = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();

    /// <summary>Never throws for a problem of the UI or of the tools: those are in the result.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; the tools have ended, the last good output is in
    /// place.</exception>
    public async Task<UiBuildResult> BuildAsync(UiBuildRequest request, CancellationToken cancellation)
    {
        var assets = Path.Combine(request.OutputDirectory, "assets");
        var result = new UiBuildResult(false, false, false, assets, []);
        try
        {
            var waiting = note ?? (text => line(new OutputLine(text, IsError: false)));
            using var held = await UiLock.AcquireAsync(request.StampDirectory, waiting, cancellation);
            var tools = UiTools.Find(request);
            var (installRan, installed) = await new UiInstaller(line, note).EnsureInstalledAsync(
                request, tools, cancellation);
            result = result with { InstallRan = installRan };

            var script = ViteScript.Require(request.Ui);
            var output = new StagedOutput(request.OutputDirectory);
            var stamp = new BuildStamp(request.StampDirectory, request.OutputDirectory);
            var fingerprint = UiFingerprint.Compute(request, tools, script, installed, output.Folders, cancellation);
            if (stamp.IsCurrent(fingerprint))
            {
                return UpToDate();
            }

            using var building = await UiLock.AcquireBuildAsync(request.Ui, waiting, cancellation);
            output.Recover();
            if (stamp.IsCurrent(fingerprint))
            {
                return UpToDate(); // a killed build had only put the output aside
            }

            result = result with { BuildRan = true };
            var diagnostics = await CheckAndBuildAsync(request, tools, script, output, cancellation);
            var success = diagnostics.All(one => one.Severity != DiagnosticSeverity.Error);
            if (success)
            {
                stamp.Write(fingerprint);
            }

            return result with { Success = success, Diagnostics = diagnostics };

            UiBuildResult UpToDate() =>
                result with { Success = true, Diagnostics = [.. EntryCheck.Warnings(assets)] };
        }
        catch (DiagnosticException e)
        {
            return result with { Diagnostics = [e.Diagnostic] };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return result with
            {
                Diagnostics =
                [
                    Diagnostic
                        .Error(DiagnosticCodes.ViteBuildFailed, $"The UI could not be built: {e.Message}")
                        .At(request.Ui.Directory),
                ],
            };
        }
    }

    /// <summary>
    /// Types are checked while Vite builds. Only what is good in both takes the place of the last output.
    /// </summary>
    private async Task<IReadOnlyList<Diagnostic>> CheckAndBuildAsync(
        UiBuildRequest request, UiTools tools, string script, StagedOutput output, CancellationToken cancellation)
    {
        try
        {
            var checking = UiTypes.CheckAsync(
                request.Ui, request.TypeCheck, tools, Forward, isBackground: false, cancellation);
            var building = BuildAsync(request, tools, script, output, cancellation);
            await Task.WhenAll(checking, building);
            var built = await building;
            List<Diagnostic> problems = [.. built, .. TypeScriptErrors.Without(built, await checking)];
            if (problems.All(one => one.Severity != DiagnosticSeverity.Error))
            {
                Commit(output, request);
            }

            return problems;
        }
        finally
        {
            output.Discard();
        }
    }

    private async Task<IReadOnlyList<Diagnostic>> BuildAsync(
        UiBuildRequest request, UiTools tools, string script, StagedOutput output, CancellationToken cancellation)
    {
        string[] mode = request.Mode is null ? [] : ["--mode", request.Mode];
        var spec = new ProcessSpec(
            tools.Node.Executable,
            [ViteScript.SourceMaps, script, "build", "--outDir", output.Staging, "--emptyOutDir", .. mode],
            request.Ui.Directory)
        {
            Environment = tools.Environment,
        };
        var tail = new OutputTail(one => Forward(one with { Text = output.WithFinalFolder(one.Text) }));
        var exitCode = await ToolRunner.RunAsync(spec, tail.Add, cancellation);
        var sources = new UiSources(request.Ui.Directory);
        var warnings = ViteWarnings.Read(tail.Lines, sources);
        if (exitCode != 0)
        {
            return [.. warnings, .. ViteErrors.Parse(tail.Lines, exitCode, request.Ui.Directory)];
        }

        var entry = await new EntryCheck(tools.Node, EntryLimit).RunAsync(
            Path.Combine(output.Staging, "assets"), cancellation);
        return [.. warnings, .. entry.Select(one => Settled(one, request, output))];
    }

    /// <summary>Two tools speak at the same time; whoever listens hears one line after the other.</summary>
    private void Forward(OutputLine one)
    {
        lock (_gate)
        {
            line(one);
        }
    }

    /// <summary>
    /// Only good output stays, so an error points at what has to be changed and a warning at where the file is now.
    /// </summary>
    private static Diagnostic Settled(Diagnostic problem, UiBuildRequest request, StagedOutput output)
    {
        var place = problem.Severity == DiagnosticSeverity.Error
            ? Directory.EnumerateFiles(request.Ui.Directory, "vite.config.*").Order(StringComparer.Ordinal)
                .FirstOrDefault() ?? request.Ui.PackageJson
            : output.WithFinalFolder(problem.File!);
        return (problem with { Message = output.WithFinalFolder(problem.Message) }).At(place);
    }

    private static void Commit(StagedOutput output, UiBuildRequest request)
    {
        try
        {
            output.Commit();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(Diagnostic.Error(DiagnosticCodes.ViteBuildFailed,
                $"The UI was built, but {request.OutputDirectory} can't be replaced ({e.Message}). Close the " +
                "program that has a file in it open and build again.").At(request.OutputDirectory), e);
        }
    }
}
