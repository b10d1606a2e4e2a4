using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.Core.Tests.Hosting;

/// <summary>Against a socket: HttpListener does not notice that a client has gone.</summary>
public sealed class DevSessionTests : IDevListener, IDisposable
{
    private static readonly LogEntry[] Entries = [
        .. Enumerable.Range(0, 50).Select(number => new LogEntry("", LogSource.Manager, "info", $"line {number}, of " +
            "which there is no end", "hello", number, 1))];
    private static readonly SessionStarted Begin = new(
        "s1", new() { PluginId = "hello", Mode = "managed", DevPath = "/p" }, [], [], "");

    private readonly TempFolder _folder = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private TaskCompletionSource _logged = new();

    [Fact]
    public async Task Closed_in_the_middle_of_an_event_it_ends_with_what_was_whole()
    {
        _listener.Start();
        _ = ServeAsync();
        var directory = new HostDirectory(_folder["state"]);
        FakeHost.Publish(
            directory,
            FakeHost.RecordOf(directory, ProcessIdentity.Current, ((IPEndPoint)_listener.LocalEndpoint).Port));

        for (var round = 0; round < 100; round++)
        {
            _logged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var client = await HostFinder.FindAsync(directory.StateDirectory, TestContext.Current.CancellationToken);
            var session = await client!.OpenSessionAsync(
                new DevSettings { ProjectDirectory = "/p" }, TestContext.Current.CancellationToken);
            var following = session.FollowAsync(this);
            await _logged.Task.WaitAsync(TestContext.Current.CancellationToken);

            await session.DisposeAsync();

            Assert.True(following.IsCompletedSuccessfully, $"{following.Exception}");
        }
    }

    void IDevListener.Started(DevSession session)
    {
    }

    void IDevListener.StatusChanged(DevServerState state)
    {
    }

    void IDevListener.Logged(LogEntry entry) => _logged.TrySetResult();

    void IDevListener.ErrorsChanged(IReadOnlyList<BuildError> errors)
    {
    }

    void IDisposable.Dispose()
    {
        _listener.Dispose();
        _folder.Dispose();
    }

    private static async Task AnswerAsync(TcpClient client)
    {
        using var owned = client;
        var stream = client.GetStream();
        using var request = new StreamReader(stream);
        try
        {
            while (await request.ReadLineAsync() is { } line)
            {
                if (line.StartsWith($"GET {HostProof.Path}?nonce=", StringComparison.Ordinal))
                {
                    var proof = HostProof.Of(
                        FakeHost.Token, line.Split('=', ' ')[2], ((IPEndPoint)client.Client.LocalEndPoint!).Port);
                    await stream.WriteAsync(Encoding.UTF8.GetBytes(
                        $"HTTP/1.1 200 OK\r\nContent-Length: {proof.Length}\r\n\r\n{proof}"));
                }
                else if (line.StartsWith("GET ", StringComparison.Ordinal))
                {
                    var version = JsonSerializer.Serialize(FakeHost.OwnVersion, WireJson.Options);
                    await stream.WriteAsync(Encoding.UTF8.GetBytes(
                        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
                        $"{version.Length}\r\n\r\n{version}"));
                }
                else if (line.StartsWith("POST ", StringComparison.Ordinal))
                {
                    await stream.WriteAsync(
                        Encoding.ASCII.GetBytes(
                            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                                + "Transfer-Encoding: chunked\r\n\r\n"));
                    await stream.WriteAsync(Chunk(DevEvents.Session, Begin));
                    while (true)
                    {
                        await stream.WriteAsync(Chunk(DevEvents.Log, Entries));
                    }
                }
            }
        }
        catch (IOException)
        {
            // the client has gone
        }
    }

    private static byte[] Chunk(string name, object data)
    {
        var text = $"event: {name}\ndata: {JsonSerializer.Serialize(data, WireJson.Options)}\n\n";
        return Encoding.UTF8.GetBytes($"{text.Length:x}\r\n{text}\r\n");
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // the test has ended
        }
    }
}
