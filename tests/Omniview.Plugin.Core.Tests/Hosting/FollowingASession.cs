using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.Core.Tests.Hosting;

/// <summary>A session whose events are all there already, so that no read ever has to wait.</summary>
public sealed class FollowingASession : IDevListener, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ConcurrentBag<int> _threads = [];

    [Fact]
    public async Task Nothing_is_reported_on_the_thread_of_who_follows()
    {
        var directory = new HostDirectory(_folder["state"]);
        using var host = new FakeHost(directory);
        FakeHost.Publish(directory, host.Record);
        var client = await HostFinder.FindAsync(directory.StateDirectory, TestContext.Current.CancellationToken);
        var begin = new SessionStarted(
            "s1", new() { PluginId = "hello", Mode = "managed", DevPath = "/p" }, [], [], "");
        var text = Event(DevEvents.Session, begin)
            + string.Concat(Enumerable.Repeat(Event(DevEvents.Status, begin.State), 1000));
        var response = new HttpResponseMessage { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(text)) };
        await using var session = await DevSession.BeginAsync(client!, response, TestContext.Current.CancellationToken);
        var following = new TaskCompletionSource<Task>();
        var caller = new Thread(() => following.SetResult(session.FollowAsync(this)));
        caller.Start();

        await await following.Task;

        Assert.Equal(1001, _threads.Count);
        Assert.DoesNotContain(caller.ManagedThreadId, _threads);
    }

    void IDevListener.Started(DevSession session) => _threads.Add(Environment.CurrentManagedThreadId);

    void IDevListener.StatusChanged(DevServerState state) => _threads.Add(Environment.CurrentManagedThreadId);

    void IDevListener.Logged(LogEntry entry)
    {
    }

    void IDevListener.ErrorsChanged(IReadOnlyList<BuildError> errors)
    {
    }

    void IDisposable.Dispose() => _folder.Dispose();

    private static string Event(string name, object data) =>
        $"event: {name}\ndata: {JsonSerializer.Serialize(data, WireJson.Options)}\n\n";
}
