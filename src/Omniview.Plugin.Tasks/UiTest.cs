using Microsoft.Build.Framework;
using Omniview.Plugin.Core.Ui.Testing;
using Task = System.Threading.Tasks.Task;

namespace Omniview.Plugin.Tasks;

/// <summary>Runs the UI's script <c>test</c>, if it has one; that it fails becomes an error.</summary>
[MSBuildMultiThreadableTask]
public sealed class UiTest : UiTask
{
    /// <summary>Whose tests they are.</summary>
    [Required]
    public string PluginId { get; set; } = "";

    /// <summary>A filter of <c>dotnet test</c>: it names tests, and the script is none of them.</summary>
    public string TestCaseFilter { get; set; } = "";

    public ITaskItem[] Loggers { get; set; } = [];

    [Required]
    public string ResultsDirectory { get; set; } = "";

    protected override string Tool => "ui test";

    protected override async Task RunAsync(CancellationToken cancellation)
    {
        if (NullIfEmpty(TestCaseFilter) is not null)
        {
            Log.LogMessage(
                MessageImportance.High,
                "{0}: the UI's tests are left out, because the filter is for Go tests",
                PluginId);
            return;
        }

        var run = new TestRun(Loggers, FullPath(ResultsDirectory)!, PluginId, ".ui");
        if (await new UiTester(LogOutput).TestAsync(Settings(), cancellation) is not { } result)
        {
            return;
        }

        if (result.Problem is { } problem)
        {
            Report(problem);
        }

        Log.LogMessage(
            MessageImportance.High, "{0}: the UI's tests {1}", PluginId, result.Problem is null ? "passed" : "failed");
        run.Write([result.Test], file => Log.LogMessage(MessageImportance.High, "{0}", file));
    }
}
