using Microsoft.Build.Framework;
using Omniview.Plugin.Core.Go;
using Task = System.Threading.Tasks.Task;

namespace Omniview.Plugin.Tasks;

/// <summary>Runs the Go tests on this machine; each failure becomes an error.</summary>
[MSBuildMultiThreadableTask]
public sealed class GoTest : GoTask
{
    /// <summary>Whose tests they are, for the line that counts them.</summary>
    [Required]
    public string PluginId { get; set; } = "";

    [Required]
    public ITaskItem[] Packages { get; set; } = [];

    public string Filter { get; set; } = "";

    public string Timeout { get; set; } = "";

    public ITaskItem[] TestArguments { get; set; } = [];

    protected override string Tool => "go test";

    protected override async Task RunAsync(CancellationToken cancellation)
    {
        var request = new GoTestRequest(await SettingsAsync(cancellation).ConfigureAwait(false))
        {
            Packages = Values(Packages),
            Filter = NullIfEmpty(Filter),
            Timeout = NullIfEmpty(Timeout),
            TestArguments = Values(TestArguments),
        };
        LogCommand(request, GoTester.Arguments(request));
        var result = await GoTester.TestAsync(request, LogOutput, cancellation).ConfigureAwait(false);
        Report(result.Diagnostics);
        Log.LogMessage(MessageImportance.High, "{0}: {1} passed, {2} failed, {3} skipped", PluginId, result.Passed, result.Failed, result.Skipped);
    }
}
