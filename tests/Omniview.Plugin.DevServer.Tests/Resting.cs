using Omniview.Plugin.DevServer.Events;
using Omniview.Plugin.DevServer.Lifetime;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class Resting
{
    [Fact]
    public void Memory_is_given_back_once_after_each_spell_of_work()
    {
        var events = new EventHub();
        var rests = 0;
        var rest = new IdleMemoryTrimmer(events, () => rests++);
        List<int> seen = [];

        foreach (var happens in new[] { false, false, false, true, true, false, false, true, false })
        {
            if (happens)
            {
                events.Publish("log", "a-plugin", "something");
            }

            rest.Look();
            seen.Add(rests);
        }

        Assert.Equal([0, 1, 1, 1, 1, 2, 2, 2, 3], seen);
    }
}
