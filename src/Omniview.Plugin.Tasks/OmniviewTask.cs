using System.Diagnostics.CodeAnalysis;
using Microsoft.Build.Framework;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Processes;
using Task = System.Threading.Tasks.Task;

namespace Omniview.Plugin.Tasks;

/// <summary>
/// What all tasks share: diagnostics become MSBuild errors and warnings, and both ways in which a build is ended reach the
/// work. Ctrl+C calls Cancel; SIGTERM never does and only raises ProcessExit, whose handlers MSBuild waits for.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "MSBuild calls Execute once and never Dispose: Execute disposes it")]
public abstract class OmniviewTask : Microsoft.Build.Utilities.Task, ICancelableTask
{
    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _cancelled = new();

    /// <summary>Absolute path of the project file; plugin.yaml lies beside it.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    protected string ProjectDirectory => Path.GetDirectoryName(ProjectFile)!;

    public void Cancel()
    {
        try
        {
            _cancelled.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // the work has ended meanwhile
        }
    }

    public sealed override bool Execute()
    {
        using var ended = new ManualResetEventSlim();
        void OnExit(object? sender, EventArgs e)
        {
            Cancel();
            ended.Wait(ExitPatience);
        }

        AppDomain.CurrentDomain.ProcessExit += OnExit;
        try
        {
            Task.Run(() => RunAsync(_cancelled.Token)).GetAwaiter().GetResult();
        }
        catch (DiagnosticException e)
        {
            Report(e.Diagnostic);
        }
        catch (OperationCanceledException) when (_cancelled.IsCancellationRequested)
        {
            return false; // MSBuild says itself that the build was cancelled
        }
        finally
        {
            ended.Set();
            AppDomain.CurrentDomain.ProcessExit -= OnExit;
            _cancelled.Dispose();
        }

        return !Log.HasLoggedErrors;
    }

    protected abstract Task RunAsync(CancellationToken cancellation);

    /// <summary>Null for an empty property, else its absolute path; relative ones count from the project.</summary>
    protected string? FullPath(string? property) => string.IsNullOrWhiteSpace(property) ? null : Path.GetFullPath(property, ProjectDirectory);

    protected static string? NullIfEmpty(string? property) => string.IsNullOrWhiteSpace(property) ? null : property;

    protected void Report(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            Report(diagnostic);
        }
    }

    protected void Report(Diagnostic diagnostic)
    {
        // What is about no file is about the project; without one MSBuild would name the .targets file that called the task.
        // The end of the span stays out, as with the C# compiler: with it MSBuild prints "(4,9,4,12)", which the problem
        // matchers of VS Code and setup-dotnet don't read.
        var (file, line, column, endLine, endColumn) = (diagnostic.File ?? ProjectFile, diagnostic.Line, diagnostic.Column, 0, 0);
        switch (diagnostic.Severity)
        {
            case DiagnosticSeverity.Error:
                Log.LogError(null, diagnostic.Code, null, diagnostic.HelpLink, file, line, column, endLine, endColumn, diagnostic.Message);
                break;
            case DiagnosticSeverity.Warning:
                Log.LogWarning(null, diagnostic.Code, null, diagnostic.HelpLink, file, line, column, endLine, endColumn, diagnostic.Message);
                break;
            default:
                Log.LogMessage(null, diagnostic.Code, null, file, line, column, endLine, endColumn, MessageImportance.Normal, diagnostic.Message);
                break;
        }
    }

    /// <summary>A tool's output line, for those who look with a higher verbosity and for the binlog.</summary>
    protected void LogOutput(OutputLine line) => Log.LogMessage(MessageImportance.Low, "{0}", line.Text);
}
