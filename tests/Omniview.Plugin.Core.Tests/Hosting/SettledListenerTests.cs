using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Reports;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.Core.Tests.Hosting;

public sealed class SettledListenerTests
{
    [Fact]
    public async Task It_tells_the_first_state_in_which_neither_side_is_busy_and_passes_all_on()
    {
        var passedOn = new List<string>();
        var listener = new SettledListener(new JsonReport(passedOn.Add));
        var busy = new DevServerState
        {
            PluginId = "a",
            Mode = "managed",
            ViteStatus = ProcessStatus.Starting,
            GoStatus = ProcessStatus.Building,
        };

        listener.StatusChanged(busy);
        listener.StatusChanged(busy with { ViteStatus = ProcessStatus.Ready });
        listener.StatusChanged(busy with { GoStatus = ProcessStatus.Ready });
        Assert.False(listener.Settled.IsCompleted);

        var settled = busy with { ViteStatus = ProcessStatus.Ready, GoStatus = ProcessStatus.Error };
        listener.StatusChanged(settled);
        listener.StatusChanged(busy);

        Assert.Equal(settled, await listener.Settled);
        Assert.Equal(5, passedOn.Count);
    }
}
