using System.Collections.Concurrent;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Events;
using Omniview.Plugin.DevServer.Instances;
using Omniview.Plugin.DevServer.Lifetime;
using Omniview.Plugin.DevServer.Login;
using Omniview.Plugin.DevServer.Requests;
using Omniview.Plugin.DevServer.StateMachine;

namespace Omniview.Plugin.DevServer.Api;

/// <summary>
/// Sessions: a POST that starts the plugin, streams its events and, by being open, keeps it running; a DELETE that ends
/// it in good order and answers when the plugin is down.
/// </summary>
internal sealed class SessionEndpoints(
    PluginManager manager, HostLife life, StreamSlots slots, DashboardLogin dashboard)
{
    private readonly ConcurrentDictionary<string, (
        PluginInstance Instance, Subscription Events)> _sessions = new(StringComparer.Ordinal);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/sessions", OpenAsync).WithName("openSession").WithSummary(
            "Starts the plugin of a folder unless it runs, streams its events, and keeps it running for as long as " +
            "the request is open.")
            .Produces(StatusCodes.Status200OK, contentType: "text/event-stream").Produces<HostProblem>(
                StatusCodes.Status422UnprocessableEntity, Problems.ContentType).Produces<HostProblem>(
                    StatusCodes.Status503ServiceUnavailable, Problems.ContentType);
        routes.MapDelete("/api/v1/sessions/{id}", EndAsync).WithName("endSession").WithSummary(
            "Gives the plugin up, and answers when it is down or kept by another lease.").Produces<SessionEnded>();
    }

    private async Task<IResult> OpenAsync(DevSettings settings, HttpContext http)
    {
        using var slot = slots.Take();
        if (slot is null)
        {
            return Problems.TooManyStreams();
        }

        var session = Guid.NewGuid().ToString("N");
        PluginInstance instance;
        using (life.Starting())
        {
            (instance, _) = await manager.StartAsync(settings, Lease.OfSession(session));
        }

        var (events, state, errors, logs) = instance.Board.Subscribe();
        _sessions[session] = (instance, events);
        try
        {
            var gone = http.RequestAborted;
            var stream = new EventStream(http.Response, manager.Timer);
            await stream.BeginAsync(gone);
            await stream.WriteAsync(
                DevEvents.Session,
                0,
                new SessionStarted(
                    session,
                    state,
                    errors,
                    logs,
                    dashboard.NewLink(http.Connection.LocalPort).AbsoluteUri),
                gone);
            await stream.CopyAsync(
                events,
                () =>
                    [
                        (DevEvents.Status, instance.Board.State),
                        (DevEvents.Error, new BuildErrors(instance.PluginId, instance.Board.Errors)),
                    ],
                gone);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // the client went without a word, or does not read
        }
        finally
        {
            events.Dispose();
            _sessions.TryRemove(session, out _);
            instance.LetGo(Lease.OfSession(session));
        }

        return Results.Empty;
    }

    private async Task<IResult> EndAsync(string id)
    {
        if (!_sessions.TryGetValue(id, out var session))
        {
            return Results.Json(new SessionEnded(PluginStopped: true, life.EndIfIdle()), WireJson.Options);
        }

        // The stream goes on until the plugin is down, so the client sees its last words.
        var stopped = await manager.ReleaseAsync(session.Instance, Lease.OfSession(id));
        session.Events.Complete();
        return Results.Json(new SessionEnded(stopped, stopped && life.EndIfIdle()), WireJson.Options);
    }
}
