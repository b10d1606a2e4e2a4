using System.Text.RegularExpressions;
using Microsoft.Build.Framework;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Testing;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Testing;
using Omniview.Plugin.Core.Text;
using Task = System.Threading.Tasks.Task;

namespace Omniview.Plugin.Tasks;

/// <summary>Runs the Go tests on this machine; each failure becomes an error.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class GoTest : GoTask
{
    /// <summary>Whose tests they are, for the line that counts them.</summary>
    [Required]
    public string PluginId { get; set; } = "";

    [Required]
    public ITaskItem[] Packages { get; set; } = [];

    /// <summary>A regular expression of Go.</summary>
    public string Filter { get; set; } = "";

    /// <summary>A filter of <c>dotnet test</c>; goes before <see cref="Filter"/>.</summary>
    public string TestCaseFilter { get; set; } = "";

    /// <summary>Only say which tests there are.</summary>
    public bool ListTests { get; set; }

    /// <summary>Loggers of <c>dotnet test</c>; of these <c>trx</c> is ours.</summary>
    public ITaskItem[] Loggers { get; set; } = [];

    public string ResultsDirectory { get; set; } = "";

    public string Timeout { get; set; } = "";

    public ITaskItem[] TestArguments { get; set; } = [];

    protected override string Tool => "go test";

    protected override async Task RunAsync(CancellationToken cancellation)
    {
        var filter = NullIfEmpty(TestCaseFilter) is { } text
            ? TestFilter.Parse(text)
            : new TestFilter(NullIfEmpty(Filter), null, false);
        if (filter.IsEmpty)
        {
            Report(Diagnostic.Warning(
                DiagnosticCodes.TestFilterUnusable, $"The filter '{TestCaseFilter}' matches no Go test: they have a " +
                    "name (FullyQualifiedName, Name, DisplayName) and no other property. None was run."));
            return;
        }

        var run = new TestRun(Loggers, FullPath(ResultsDirectory)!, PluginId, "");
        var request = new GoTestRequest(await SettingsAsync(cancellation))
        {
            Packages = Values(Packages),
            Filter = filter.Run,
            Skip = filter.Skip,
            ListOnly = ListTests,
            KeepOutput = run.File is not null,
            Timeout = NullIfEmpty(Timeout),
            TestArguments = Values(TestArguments),
        };
        LogCommand(request, GoTester.Arguments(request));
        var result = await GoTester.TestAsync(request, ListTests ? LogName : LogOutput, cancellation);
        Report(result.Diagnostics);
        if (!ListTests)
        {
            Log.LogMessage(
                MessageImportance.High,
                "{0}: {1} passed, {2} failed, {3} skipped",
                PluginId,
                result.Passed,
                result.Failed,
                result.Skipped);
            run.Write(result.Tests, file => Log.LogMessage(MessageImportance.High, "{0}", file));
        }
    }

    private void LogName(OutputLine line) =>
        Log.LogMessage(
            TestName().IsMatch(line.Text) ? MessageImportance.High : MessageImportance.Low,
            "    {0}",
            TerminalText.Neutralise(line.Text));

    [GeneratedRegex(@"^(?:Test|Benchmark|Example|Fuzz)\w*$")]
    private static partial Regex TestName();
}
