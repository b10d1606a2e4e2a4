using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Output;
using Omniview.Plugin.Core.Go.Toolchain;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Go.Commands;

/// <summary>A go command that makes nothing but diagnostics.</summary>
internal static class GoRun
{
    /// <summary>Runs it in the project, as the request says.</summary>
    /// <param name="request">Where and with what environment.</param>
    /// <param name="command">Which command, for the parser.</param>
    /// <param name="arguments">All arguments of go.</param>
    /// <param name="line">Gets every line for people.</param>
    /// <param name="raw">Gets every line as go wrote it.</param>
    /// <param name="cancellation">Ends go and all it started within two seconds.</param>
    public static async Task<(int ExitCode, IReadOnlyList<Diagnostic> Diagnostics)> RunAsync(
        GoRequest request,
        GoCommand command,
        IReadOnlyList<string> arguments,
        Action<OutputLine> line,
        Action<string>? raw,
        CancellationToken cancellation)
    {
        using var work = Work(request);
        var spec = new ProcessSpec(request.Toolchain.Executable, arguments, request.ProjectDirectory)
        {
            Environment = work.ExtendEnvironment(GoBuildArguments.EnvironmentFor(request)),
        };
        var parser = new GoOutputParser(request.ProjectDirectory, command, request.Workspace);
        var reader = new GoOutputReader();
        var exitCode = await ToolRunner.RunAsync(spec, one =>
        {
            raw?.Invoke(one.Text);
            foreach (var read in reader.Read(one.Text, one.IsError))
            {
                if (read.IsText)
                {
                    line(new OutputLine(
                        read.Text, one.IsError || read.Source == GoLineSource.BuildEvent, one.ElidedBytes));
                }

                parser.Add(read);
            }
        }, cancellation);
        var found = parser.Finish(exitCode);
        return (
            exitCode,
            exitCode == 0
                ? found
                : await GoErrorNames.AddAsync(
                    request,
                    command,
                    packages => GoBuildArguments.ForNamesInTests(request, packages),
                    work.Path,
                    found,
                    parser.RefusedPackages,
                    cancellation));
    }

    private static GoWorkFolder Work(GoRequest request)
    {
        try
        {
            return new GoWorkFolder(GoWorkFolder.ChosenFor(request));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(Diagnostic.Error(
                DiagnosticCodes.GoOutputUnusable, $"go has no folder for its work: {e.Message} Look at GOTMPDIR and " +
                    "TMPDIR."));
        }
    }
}
