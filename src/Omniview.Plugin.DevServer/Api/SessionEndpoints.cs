using System.Collections.Concurrent;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Hosting;
using Omniview.Plugin.DevServer.Events;
using Omniview.Plugin.DevServer.Hosting;
using Omniview.Plugin.DevServer.Instances;

namespace Omniview.Plugin.DevServer.Api;

/// <summary>
/// Sessions: a POST that starts the plugin, streams its events and, by being open, keeps it running; a DELETE that ends it
/// in good order and answers when the plugin is down.
/// </summary>
internal sealed class SessionEndpoints(InstanceManager manager, HostLife life)
{
    private readonly ConcurrentDictionary<string, (PluginInstance Instance, Subscription Events)> _sessions = new(StringComparer.Ordinal);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/sessions", OpenAsync);
        routes.MapDelete("/api/v1/sessions/{id}", EndAsync);
    }

    private async Task<IResult> OpenAsync(DevSettings settings, HttpContext http)
    {
        var session = Guid.NewGuid().ToString("N");
        PluginInstance instance;
        try
        {
            using var starting = life.Starting();
            (instance, _) = await manager.StartAsync(settings, leases => leases.AddSession(session)).ConfigureAwait(false);
        }
        catch (DiagnosticException e)
        {
            return Problems.Of(e.Diagnostic);
        }

        var (events, state, errors, logs) = instance.Board.Subscribe();
        _sessions[session] = (instance, events);
        try
        {
            var gone = http.RequestAborted;
            var stream = new EventStream(http.Response);
            await stream.BeginAsync(gone).ConfigureAwait(false);
            await stream.WriteAsync(DevEvents.Session, 0, new SessionStarted(session, state, errors, logs), gone).ConfigureAwait(false);
            await stream.CopyAsync(events, () => (instance.Board.State, new BuildErrors(instance.PluginId, instance.Board.Errors)), gone).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // the client went without a word, or does not read
        }
        finally
        {
            events.Dispose();
            _sessions.TryRemove(session, out _);
            instance.Leases.EndSession(session);
            _ = manager.StopIfUnheldAsync(instance);
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
        session.Instance.Leases.EndSession(id);
        var stopped = await manager.StopIfUnheldAsync(session.Instance).ConfigureAwait(false);
        session.Events.Complete();
        return Results.Json(new SessionEnded(stopped, stopped && life.EndIfIdle()), WireJson.Options);
    }
}
