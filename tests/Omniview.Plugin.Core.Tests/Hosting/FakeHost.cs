using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.State;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.Core.Tests.Hosting;

/// <summary>
/// Something on a loopback port that answers as a dev host does, or is told to answer otherwise; this process is its
/// process.
/// </summary>
internal sealed class FakeHost : IDisposable
{
    public const string Token = "secret";

    private readonly HttpListener _listener;

    public FakeHost(HostDirectory directory, Func<HttpListenerContext, Task>? answer = null, int? at = null)
    {
        (_listener, var port) = Listen(at);
        Record = RecordOf(directory, ProcessIdentity.Current, port);
        _ = ServeAsync(answer ?? (context => JsonAsync(context, Version)));
    }

    public HostRecord Record { get; }

    /// <summary>What the answer of this process is.</summary>
    public static HostVersion OwnVersion { get; } = new(
        HostVersion.Own, ProcessIdentity.Current.Pid, ProcessIdentity.Current.StartTicks);

    public HostVersion Version { get; init; } = OwnVersion;

    /// <summary>The token it proves to have; null for a server that knows no such question.</summary>
    public string? Proves { get; init; } = Token;

    /// <summary>A record and its token file, as a host leaves them; nothing is written.</summary>
    public static HostRecord RecordOf(HostDirectory directory, ProcessIdentity process, int port) =>
        HostRecord.OfThisProcess(port, directory.Token(port)) with
        {
            Pid = process.Pid,
            StartTicks = process.StartTicks,
        };

    public static void Publish(HostDirectory directory, HostRecord record)
    {
        directory.Create();
        StateFile.Write(record.TokenFile, Encoding.ASCII.GetBytes(Token));
        record.Write(directory.Record(record.Port));
    }

    public static async Task JsonAsync<T>(HttpListenerContext context, T answer)
    {
        var authorised = context.Request.Headers["Authorization"] == $"Bearer {Token}";
        context.Response.StatusCode = authorised ? 200 : 401;
        context.Response.ContentType = "application/json";
        await context.Response.OutputStream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(answer, WireJson.Options));
        context.Response.Close();
    }

    /// <summary>Server-sent events, then the end of the stream.</summary>
    public static async Task EventsAsync(
        HttpListenerContext context, params IEnumerable<(string Name, object Data)> events)
    {
        context.Response.ContentType = "text/event-stream";
        foreach (var (name, data) in events)
        {
            var text = $"event: {name}\ndata: {JsonSerializer.Serialize(data, WireJson.Options)}\n\n";
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text));
        }

        context.Response.Close();
    }

    public void Dispose() => _listener.Close();

    private static async Task ProveAsync(HttpListenerContext context, string token)
    {
        var proof = Encoding.ASCII.GetBytes(HostProof.Of(
            token, context.Request.QueryString["nonce"]!, context.Request.LocalEndPoint.Port));
        context.Response.ContentLength64 = proof.Length;
        await context.Response.OutputStream.WriteAsync(proof);
        context.Response.Close();
    }

    private static (HttpListener Listener, int Port) Listen(int? at)
    {
        while (true)
        {
            // HttpListener can't be told to take any port; between the two another program may get this one.
            using var probe = new TcpListener(IPAddress.Loopback, at ?? 0);
            probe.Start();
            var port = ((IPEndPoint)probe.LocalEndpoint).Port;
            probe.Stop();
            var listener = new HttpListener { Prefixes = { $"http://127.0.0.1:{port}/" } };
            try
            {
                listener.Start();
                return (listener, port);
            }
            catch (HttpListenerException)
            {
                listener.Close();
            }
        }
    }

    private async Task ServeAsync(Func<HttpListenerContext, Task> answer)
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                await (
                    Proves is { } token && context.Request.Url!.AbsolutePath == HostProof.Path
                        ? ProveAsync(context, token)
                        : answer(context));
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
        {
            // closed
        }
    }
}
