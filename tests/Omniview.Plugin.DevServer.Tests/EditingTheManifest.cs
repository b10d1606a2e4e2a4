using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Hosting;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class EditingTheManifest : HostScratch
{
    public override ValueTask InitializeAsync()
    {
        Plugins.CopyBackend(Project);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_good_edit_is_installed_and_the_plugin_stays()
    {
        var dev = await OpenAsync();
        var first = await dev.ReadyAsync(1);

        Replace("plugin.yaml", "[resource]", "[resource, exec]");
        await dev.LogAsync("unchanged");

        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(Project, "plugin.yaml"), Cancellation), await File.ReadAllTextAsync(Installed("plugin.yaml"), Cancellation));
        Assert.Equal(first.PluginPid, Pid(Assert.Single(RunningPlugins())));
    }

    [Fact]
    public async Task A_bad_one_is_a_problem_that_leaves_plugin_and_installation_as_they_are()
    {
        var dev = await OpenAsync();
        var first = await dev.ReadyAsync(1);
        var installed = await File.ReadAllTextAsync(Installed("plugin.yaml"), Cancellation);
        foreach (var (good, bad, code) in new[]
        {
            ("version: 0.1.0", "version: [0, 1]", DiagnosticCodes.ManifestWrongShape),
            ("[resource]", "[resource", DiagnosticCodes.ManifestBadYaml),
            ("id: hello-omniview", "id: another", DiagnosticCodes.PluginIdInUse),
        })
        {
            Replace("plugin.yaml", good, bad);
            var problem = await dev.ErrorAsync(code);
            var state = await dev.StateAsync(state => state.GoStatus == ProcessStatus.Error);

            Assert.Equal(Path.Combine(Project, "plugin.yaml"), problem.File);
            Assert.Equal((first.PluginPid, true, problem.Message), (state.PluginPid, state.Stale, state.LastError));
            Assert.Equal("Hello, Ada!", await GreetAsync());
            Assert.Equal(installed, await File.ReadAllTextAsync(Installed("plugin.yaml"), Cancellation));

            Replace("plugin.yaml", bad, good);
            var mended = await dev.ReadyAsync(1);
            Assert.Equal((first.PluginPid, false, ""), (mended.PluginPid, mended.Stale, mended.LastError));
            Assert.Empty(dev.Errors);
        }
    }

    [Fact]
    public async Task One_that_is_gone_for_a_moment_does_no_harm()
    {
        var dev = await OpenAsync();
        await dev.ReadyAsync(1);
        var file = Path.Combine(Project, "plugin.yaml");
        File.Move(file, file + ".away");
        await dev.ErrorAsync(DiagnosticCodes.ManifestNotFound);

        File.Move(file + ".away", file);
        await dev.ErrorsAsync(errors => errors.Count == 0);
        await dev.ReadyAsync(1);

        Assert.Equal("Hello, Ada!", await GreetAsync());
    }
}
