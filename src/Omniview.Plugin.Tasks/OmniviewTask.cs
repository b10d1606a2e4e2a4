using System.Diagnostics.CodeAnalysis;
using Microsoft.Build.Framework;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Diagnostics.Sarif;
using Omniview.Plugin.Core.Go.Output;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Text;
using Omniview.Plugin.Core.Wire;
using Task = System.Threading.Tasks.Task;

namespace Omniview.Plugin.Tasks;

/// <summary>
/// What all tasks share: diagnostics become MSBuild errors and warnings, and both ways in which a build is ended reach
/// the work. Ctrl+C calls Cancel; SIGTERM never does and only raises ProcessExit, whose handlers MSBuild waits for.
/// </summary>
[SuppressMessage(
    "Design", "CA1001", Justification = "MSBuild calls Execute once and never Dispose: Execute disposes it")]
public abstract class OmniviewTask : Microsoft.Build.Utilities.Task, ICancelableTask
{
    private static readonly TimeSpan ExitTimeout = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _cancelled = new();
    private readonly List<Diagnostic> _reported = [];

    /// <summary>Absolute path of the project file; plugin.yaml lies beside it.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>A SARIF file that gets what this task reports; none when empty. Written as C#'s ErrorLog is.</summary>
    public string ErrorLog { get; set; } = "";

    /// <summary>Prints what this task reports as workflow commands of GitHub Actions, too.</summary>
    public bool GitHubAnnotations { get; set; }

    /// <summary>Codes of warnings nobody wants to see, as in NoWarn.</summary>
    public string WarningsAsMessages { get; set; } = "";

    /// <summary>
    /// Tells MSBuild where a problem ends, too. It then prints <c>(4,9,4,12)</c>, where people, scripts and CI matchers
    /// expect what the C# compiler's errors look like: <c>(4,9)</c>.
    /// </summary>
    public bool ErrorSpans { get; set; }

    /// <summary>Who reports, in <see cref="ErrorLog"/>; null for a task that does not write it.</summary>
    protected virtual string? Tool => null;

    /// <summary>Whether what other tools reported before is out of date once this one has run.</summary>
    protected virtual bool BeginsErrorLog => false;

    /// <summary>Whether other projects of a solution may be built while this task runs.</summary>
    protected virtual bool LetsOthersBuild => false;

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
        var ended = new TaskCompletionSource(); // nothing to dispose: the exit may come just as the work ends
        void OnExit(object? sender, EventArgs e)
        {
            Cancel();
            ended.Task.Wait(ExitTimeout);
        }

        AppDomain.CurrentDomain.ProcessExit += OnExit;
        if (LetsOthersBuild)
        {
            BuildEngine3.Yield(); // Reacquire must come from the same thread, or MSBuild crashes (MSB0001)
        }

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
            // of Ctrl+C MSBuild knows; after SIGTERM it would miss an error and add its own (MSB4181)
            BuildEngine7.AllowFailureWithoutError = true;
            return false;
        }
        finally
        {
            if (LetsOthersBuild)
            {
                BuildEngine3.Reacquire();
            }

            ended.SetResult();
            AppDomain.CurrentDomain.ProcessExit -= OnExit;
            _cancelled.Dispose();
        }

        WriteErrorLog();
        return !Log.HasLoggedErrors;
    }

    protected abstract Task RunAsync(CancellationToken cancellation);

    /// <summary>Null for an empty property, else its absolute path; relative ones count from the project.</summary>
    protected string? FullPath(string? property) =>
        string.IsNullOrWhiteSpace(property) ? null : Path.GetFullPath(property, ProjectDirectory);

    protected static string? NullIfEmpty(string? property) => string.IsNullOrWhiteSpace(property) ? null : property;

    private protected void Report(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            Report(diagnostic);
        }
    }

    private protected void Report(Diagnostic diagnostic)
    {
        // What is about no file is about the project; without one MSBuild would name the .targets file that called the
        // task.
        diagnostic = diagnostic with
        {
            File = diagnostic.File ?? ProjectFile,
            Message = TerminalText.Plain(diagnostic.Message),
        };
        var shown = AsShown(diagnostic);
        if (shown is not null)
        {
            _reported.Add(shown);
            if (GitHubAnnotations)
            {
                Log.LogMessage(
                    MessageImportance.High,
                    "{0}",
                    GitHubAnnotation.Of(shown, Environment.GetEnvironmentVariable("GITHUB_WORKSPACE")));
            }
        }

        var (file, line, column) = (TerminalText.Plain(diagnostic.File), diagnostic.Line, diagnostic.Column);
        var (endLine, endColumn) = ErrorSpans ? (diagnostic.EndLine, diagnostic.EndColumn) : (0, 0);
        var (message, others) = SingleLine.Of(diagnostic.Message);
        switch (diagnostic.Severity)
        {
            case DiagnosticSeverity.Error:
                Log.LogError(
                    null, diagnostic.Code, null, diagnostic.HelpLink, file, line, column, endLine, endColumn, message);
                break;
            case DiagnosticSeverity.Warning:
                Log.LogWarning(
                    null, diagnostic.Code, null, diagnostic.HelpLink, file, line, column, endLine, endColumn, message);
                break;
            default:
                Log.LogMessage(
                    null,
                    diagnostic.Code,
                    null,
                    file,
                    line,
                    column,
                    endLine,
                    endColumn,
                    MessageImportance.Normal,
                    message);
                break;
        }

        foreach (var one in others)
        {
            Log.LogMessage(
                diagnostic.Severity == DiagnosticSeverity.Message ? MessageImportance.Normal : MessageImportance.High,
                "{0}",
                one);
        }

        if (shown is { Severity: not DiagnosticSeverity.Message } && !HasTerminalLogger
            && BuildObject.Get<HelpLinks>(BuildEngine4).Line(shown.Code, shown.HelpLink) is { } link)
        {
            Log.LogMessage(MessageImportance.High, "{0}", link);
        }
    }

    /// <summary>It makes a link of the code itself. MSBuild says so in a global property (XMake.cs).</summary>
    private bool HasTerminalLogger =>
        BuildEngine6.GetGlobalProperties().TryGetValue("_MSBUILDTLENABLED", out var enabled) && enabled == "1";

    /// <summary>A tool's output line, for those who look with a higher verbosity and for the binlog.</summary>
    private protected void LogOutput(OutputLine line) =>
        Log.LogMessage(MessageImportance.Low, "{0}", TerminalText.Neutralise(line.Text));

    /// <summary>
    /// What MSBuild makes of it only after it was logged: a warning may be an error, or hidden, which is null.
    /// </summary>
    private Diagnostic? AsShown(Diagnostic diagnostic) =>
        diagnostic.Severity != DiagnosticSeverity.Warning ? diagnostic
        : WarningsAsMessages
            .Split([';', ',', ' ', '\t', '\r', '\n'])
            .Contains(diagnostic.Code, StringComparer.OrdinalIgnoreCase)
            ? null
        : BuildEngine is IBuildEngine8 engine && engine.ShouldTreatWarningAsError(diagnostic.Code)
            ? diagnostic with
            {
                Severity = DiagnosticSeverity.Error,
            }
        : diagnostic;

    private void WriteErrorLog()
    {
        if (Tool is not { } tool)
        {
            return;
        }

        try
        {
            if (ErrorLogProperty.Path(ErrorLog, ProjectDirectory) is { } file)
            {
                Action<string, SarifTool, string,
                IReadOnlyList<Diagnostic>> write = BeginsErrorLog ? SarifLog.Begin : SarifLog.Replace;
                write(file, new SarifTool(tool, HostVersion.Own, GoProblemKind.Titles), ProjectDirectory, _reported);
            }
        }
        catch (DiagnosticException e)
        {
            Report(e.Diagnostic);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException
            or NotSupportedException)
        {
            Report(Diagnostic.Error(
                DiagnosticCodes.ErrorLogNotWritten, $"OmniviewErrorLog is '{ErrorLog}', which can't be written: " +
                    $"{e.Message} Set it to the path of a file in a folder you may write to, or leave it out."));
        }
    }
}
