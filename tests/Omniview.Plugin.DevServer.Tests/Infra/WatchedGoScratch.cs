using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Tests.Infra;

/// <summary>The sample's backend, built by a go that notes what it is asked for.</summary>
public abstract class WatchedGoScratch : HostScratch
{
    private protected WatchedGo Go => field ??= new WatchedGo(Path.Combine(Root, "fakes"));

    // All builds are go's, so that all of them are noted.
    private protected DevSettings WithWatchedGo =>
        Settings(Project) with { Go = new() { ToolPath = FakeTool("go", WatchedGo.Script), Incremental = false } };

    public override ValueTask InitializeAsync()
    {
        Plugins.CopyBackend(Project);
        return ValueTask.CompletedTask;
    }
}
