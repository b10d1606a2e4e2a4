using System.Globalization;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Board;
using Omniview.Plugin.DevServer.Events;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

/// <summary>However much a plugin says, no more than so much of it is kept.</summary>
public sealed class BoundingTheLog : IDisposable
{
    private readonly EventHub _hub = new();
    private readonly PluginBoard _board;

    public BoundingTheLog() => _board = new PluginBoard(_hub, new DevServerState { PluginId = "p", Mode = "managed" });

    public void Dispose() => _board.Dispose();

    [Fact]
    public void The_log_keeps_the_last_five_thousand_lines()
    {
        for (var i = 1; i <= 6000; i++)
        {
            _board.Info(LogSource.Plugin, i.ToString(CultureInfo.InvariantCulture));
        }

        var all = _board.Logs();

        Assert.Equal(("1001", "6000", 5000), (all[0].Message, all[^1].Message, all.Count));
        Assert.Equal(["5999", "6000"], _board.Logs(2).Select(entry => entry.Message));
        Assert.Equal(5000, _board.Logs(9999).Count);
    }

    [Fact]
    public void What_is_kept_for_listeners_is_bounded_in_number_and_in_size()
    {
        using var slow = _hub.Subscribe();
        for (var i = 0; i < 300; i++)
        {
            _hub.Publish(DevEvents.Log, "p", new string('x', 64 * 1024), 64 * 1024);
        }

        var events = new List<HostEvent>();
        var missed = slow.Read(events);

        Assert.Equal((300 - 32, 32), (missed, events.Count)); // 2 Mi characters
    }

    [Fact]
    public void Very_long_lines_leave_room_for_fewer()
    {
        using var board = new PluginBoard(
            _hub, new DevServerState { PluginId = "p", Mode = "managed" }, new StillClock());
        for (var i = 0; i < 300; i++)
        {
            board.Info(LogSource.Plugin, new string('x', 64 * 1024));
        }

        Assert.Equal(128, board.Logs().Count);
    }
}
