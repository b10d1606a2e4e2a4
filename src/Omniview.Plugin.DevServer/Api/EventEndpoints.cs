using System.Globalization;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Events;
using Omniview.Plugin.DevServer.Instances;
using Omniview.Plugin.DevServer.Login;
using Omniview.Plugin.DevServer.Requests;

namespace Omniview.Plugin.DevServer.Api;

/// <summary>The events of all plugins, or of one, for whoever wants to look on. It is no lease.</summary>
internal sealed class EventEndpoints(PluginManager manager, StreamSlots slots, DashboardLogin dashboard)
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/events", FollowAsync).ForDashboard().WithName("followEvents").WithSummary(
            "Streams what happens to all plugins, or to one, as server-sent events; goes on after Last-Event-ID.")
            .Produces(StatusCodes.Status200OK, contentType: "text/event-stream").Produces<HostProblem>(
                StatusCodes.Status503ServiceUnavailable, Problems.ContentType);

    private async Task<IResult> FollowAsync(HttpContext http, string? plugin)
    {
        using var slot = slots.Take();
        if (slot is null)
        {
            return Problems.TooManyStreams();
        }

        using var page = DashboardAccess.IsMarked(http) ? dashboard.Watch() : null;
        var known = long.TryParse(
            http.Request.Headers["Last-Event-ID"].ToString(),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var last);
        var resumed = known ? manager.Events.Resume(plugin, last) : null;
        using var events = resumed ?? manager.Events.Subscribe(plugin);
        var at = events.Next - 1;
        try
        {
            var gone = http.RequestAborted;
            var stream = new EventStream(http.Response, manager.Timer);
            await stream.BeginAsync(gone);
            if (resumed is null)
            {
                if (known)
                {
                    await stream.WriteAsync(DevEvents.Reset, 0, new { }, gone);
                }

                await stream.WriteAsync(DevEvents.Snapshot, at, Snapshot(plugin), gone);
            }

            await stream.CopyAsync(events, () => [(DevEvents.Snapshot, Snapshot(plugin))], gone);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // the client went
        }

        return Results.Empty;
    }

    private HostSnapshot Snapshot(string? plugin) =>
        new(
            [.. manager.States.Where(state => Subscription.Wants(plugin, state.PluginId))],
            [
                .. manager
                    .All.Where(instance => Subscription.Wants(plugin, instance.PluginId))
                    .Select(instance => new BuildErrors(instance.PluginId, instance.Board.Errors)),
            ]);
}
