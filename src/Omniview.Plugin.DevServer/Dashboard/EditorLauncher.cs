using System.ComponentModel;
using System.Diagnostics;
using Omniview.Plugin.Core.Desktop;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Dashboard;

/// <summary>
/// Starts the editor of a project's settings. It is nobody's child to be ended: it stays when the dev host goes.
/// </summary>
internal static class EditorLauncher
{
    // an editor that runs already takes the file and ends; a new one stays
    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(1.5);

    /// <returns>What was started.</returns>
    /// <exception cref="DiagnosticException">OVP3019: there is none, or it failed at once.</exception>
    public static async Task<string> OpenAsync(
        DevSettings settings, string file, int line, int column, CancellationToken cancellation)
    {
        var (program, command) = Find(settings);
        try
        {
            var info = new ProcessStartInfo(program, command.ArgumentsFor(file, line, column))
            {
                WorkingDirectory = settings.ProjectDirectory,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            foreach (var (name, value) in SessionEnvironment.Over(settings.Environment))
            {
                info.Environment[name] = value; // null removes it
            }

            using var process = Process.Start(info)!;
            process.StandardInput.Close();
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(WaitLimit);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return process.HasExited && process.ExitCode != 0
                ? throw Failed($"{program} ended with exit code {process.ExitCode}.")
                : program;
        }
        catch (Win32Exception e)
        {
            throw Failed($"{program} could not be started: {e.Message}", e);
        }
    }

    private static (string Program, EditorCommand Command) Find(DevSettings settings)
    {
        var finder = new ExecutableFinder(settings.ProjectDirectory, settings.SearchPath);
        if (EditorCommand.Parse(settings.Editor) is { } named)
        {
            return (
                Locate(finder, named.Program) ?? throw Failed($"The editor '{named.Program}' is not on PATH."), named);
        }

        return EditorCommand.Usual.Select(name => (Program: Locate(finder, name), Command: new EditorCommand(name, [])))
            .FirstOrDefault(found => found.Program is not null) is ({ } program, var command)
            ? (program, command)
            : throw Failed("No editor with a window of its own was found on PATH.");
    }

    /// <summary>
    /// On Windows never a script: cmd.exe would read the file's name as a command. VS Code's own program is in the
    /// folder above its script's.
    /// </summary>
    private static string? Locate(ExecutableFinder finder, string program)
    {
        var found = Path.IsPathFullyQualified(program)
            ? (ExecutableFinder.IsExecutable(program) ? program : null)
            : Path.GetFileName(program) == program
            ? finder.Find(program)
            : null;
        if (found is null || !OperatingSystem.IsWindows()
            || Path.GetExtension(found).Equals(".exe", StringComparison.OrdinalIgnoreCase))
        {
            return found;
        }

        var above = Path.GetDirectoryName(Path.GetDirectoryName(found));
        return new[] { "Code.exe", "Code - Insiders.exe", "VSCodium.exe", "Cursor.exe", "Windsurf.exe" }
            .Select(name => Path.Combine(above ?? "", name))
            .FirstOrDefault(File.Exists);
    }

    private static DiagnosticException Failed(string what, Exception? cause = null) =>
        new(Diagnostic.Error(
            DiagnosticCodes.NoEditor, $"{what} Set OmniviewEditor in the project, or the variable OMNIVIEW_EDITOR, " +
                "for example to 'code' or 'goland', and start the dev loop again."), cause);
}
