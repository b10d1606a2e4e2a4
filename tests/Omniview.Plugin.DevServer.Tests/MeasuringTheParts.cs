using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Running;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class MeasuringTheParts
{
    [Fact]
    public async Task A_part_is_shown_until_it_has_ended()
    {
        var parts = new ProcessTable();
        var vite = ManagedProcess.Start(new ProcessSpec("/bin/sleep", ["300"], "/"), _ => { });
        var plugin = ManagedProcess.Start(new ProcessSpec("/bin/sleep", ["300"], "/"), _ => { });
        parts.Add(LogSource.Vite, vite);
        parts.Add(LogSource.Plugin, plugin);

        Assert.Equal(
            [("vite", vite.Id), ("plugin", plugin.Id)], parts.Read().Select(part => (part.Source, part.Usage.Pid)));
        Assert.All(parts.Read(), part => Assert.InRange(part.Usage.ResidentBytes, 1, long.MaxValue));

        await plugin.DisposeAsync();
        await Poll.UntilAsync(() => parts.Read().Count == 1, "the plugin is gone from the table");
        await vite.DisposeAsync();
        await Poll.UntilAsync(() => parts.Read().Count == 0, "nothing is left");
    }
}
