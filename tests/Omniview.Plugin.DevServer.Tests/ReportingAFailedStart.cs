using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class ReportingAFailedStart : HostScratch
{
    public override ValueTask InitializeAsync()
    {
        Plugins.CopyBackend(Project);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task One_that_ends_at_once_is_reported_with_its_last_words_and_tried_again_after_a_save()
    {
        var good = await File.ReadAllTextAsync(Path.Combine(Project, "pkg/main.go"), Cancellation);
        Write("pkg/main.go", Programs.Ending);
        var dev = await OpenAsync();

        var problem = await dev.ErrorAsync(DiagnosticCodes.PluginDidNotStart);
        Assert.Contains("exit code 3", problem.Message, StringComparison.Ordinal);
        Assert.Contains("first word", problem.Message, StringComparison.Ordinal);
        Assert.Contains("last word", problem.Message, StringComparison.Ordinal);
        await AssertNoPluginAsync(dev);

        Write("pkg/main.go", good);
        var ready = await dev.ReadyAsync(1);
        Assert.Equal((1, "", false), (ready.Generation, ready.LastError, ready.Stale));
        Assert.Empty(dev.Errors);
    }

    [Fact]
    public async Task One_that_does_not_become_a_healthy_grpc_plugin_in_time_is_ended_and_told_why()
    {
        var main = await File.ReadAllTextAsync(Path.Combine(Project, "pkg/main.go"), Cancellation);
        Replace("pkg/goplugin/serve.go", Programs.PrintsHandshake, "fmt.Printf(\"1|1|%s|%s|netrpc|\\n\"");
        var dev = await OpenAsync(Settings(Project) with { PluginStartTimeoutSeconds = 5 });
        var problem = await dev.ErrorAsync(DiagnosticCodes.HandshakeUnreadable);
        Assert.Contains("netrpc", problem.Message, StringComparison.Ordinal);
        await AssertNoPluginAsync(dev);

        Write("pkg/main.go", Programs.Silent);
        problem = await dev.ErrorAsync(DiagnosticCodes.PluginDidNotStart);
        Assert.Contains("not ready within 5 s (no go-plugin handshake", problem.Message, StringComparison.Ordinal);
        await AssertNoPluginAsync(dev);

        Replace("pkg/goplugin/serve.go", "netrpc", "grpc");
        Replace("pkg/goplugin/health.go", "const serving = 1", "const serving = 2");
        Write("pkg/main.go", main);
        problem = await dev.ErrorAsync(DiagnosticCodes.PluginNotHealthy);
        Assert.Contains(
            "not ready within 5 s (its health check did not answer SERVING", problem.Message, StringComparison.Ordinal);
        await AssertNoPluginAsync(dev);
    }

    [Fact]
    public async Task Another_id_than_in_the_manifest_is_reported_with_both_places()
    {
        Replace("pkg/main.go", "const pluginID = \"hello-omniview\"", "const pluginID = \"hello-other\"");
        var dev = await OpenAsync();

        var problem = await dev.ErrorAsync(DiagnosticCodes.PluginIdDiffers);

        Assert.Equal((Path.Combine(Project, "pkg/main.go"), 15, 18), (problem.File, problem.Line, problem.Column));
        Assert.Contains(
            "'hello-other', and plugin.yaml(1) says 'hello-omniview'", problem.Message, StringComparison.Ordinal);
        Assert.Contains("OMNIVIEW=hello-omniview", problem.Message, StringComparison.Ordinal);
        var related = Assert.Single(problem.Related!);
        Assert.Equal((Path.Combine(Project, "plugin.yaml"), 1, 5), (related.File, related.Line, related.Column));

        Replace("pkg/main.go", "hello-other", "hello-omniview");
        await dev.ReadyAsync(1);
        Assert.Empty(dev.Errors);
    }

    private async Task AssertNoPluginAsync(Dev dev)
    {
        var state = await dev.StateAsync(state => state.GoStatus == ProcessStatus.Error);
        Assert.Equal((0, 0, false, false), (state.PluginPid, state.Generation, state.GrpcConnected, state.Stale));
        Assert.Contains(dev.Errors[0].Message, state.LastError, StringComparison.Ordinal);
        Assert.Empty(RunningPlugins());
        Assert.False(File.Exists(DevInfo));
    }

    [Fact]
    public async Task One_that_wants_mutual_TLS_is_told_that_there_is_none()
    {
        Replace(
            "pkg/goplugin/serve.go",
            Programs.PrintsHandshake,
            "fmt.Printf(\"1|1|%s|%s|grpc|TUlJQnh6Q0NBVzJnQXdJQkFnSUpBTg\\n\"");
        var dev = await OpenAsync();

        var problem = await dev.ErrorAsync(DiagnosticCodes.HandshakeUnreadable);

        Assert.Contains("mutual TLS", problem.Message, StringComparison.Ordinal);
        await AssertNoPluginAsync(dev);
    }
}
