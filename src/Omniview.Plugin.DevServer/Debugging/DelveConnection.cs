using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Omniview.Plugin.DevServer.Debugging;

/// <summary>
/// Asks a headless dlv what its program does: JSON-RPC 1.0 over TCP, one object after the other (Delve's
/// Documentation/api). One question at a time.
/// </summary>
internal sealed partial class DelveConnection(int port) : IDisposable
{
    private TcpClient? _client;
    private StreamReader? _reader;

    /// <summary>
    /// A debugger that does not answer is no error: it says nothing yet, or no more. Does not disturb a program that
    /// runs, nor one that is being debugged.
    /// </summary>
    /// <returns>With the exit code of a program that has ended.</returns>
    public async Task<(DebuggeeState State, int ExitCode)> AskAsync(CancellationToken cancellation)
    {
        try
        {
            if (_client is null)
            {
                _client = new TcpClient();
                await _client.ConnectAsync(IPAddress.Loopback, port, cancellation);
                _reader = new StreamReader(_client.GetStream());
            }

            // NonBlocking, or the answer comes when the program stops the next time.
            await _client
                .GetStream()
                .WriteAsync(
                    """{"method":"RPCServer.State","params":[{"NonBlocking":true}],"id":1}"""u8.ToArray(),
                    cancellation);
            return await _reader!.ReadLineAsync(cancellation) is { } answer ? Read(answer) : Lost();
        }
        catch (Exception e) when (e is IOException or SocketException or JsonException)
        {
            return Lost();
        }
    }

    public void Dispose()
    {
        _reader?.Dispose();
        _client?.Dispose();
    }

    /// <summary>An answer to the question above.</summary>
    internal static (DebuggeeState State, int ExitCode) Read(string answer)
    {
        using var json = JsonDocument.Parse(answer);
        if (json.RootElement.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.String)
        {
            // proc.ErrProcessExited: all that is said of one that has ended.
            return Ended().Match(error.GetString()!) is { Success: true } ended
                ? (DebuggeeState.Exited, int.Parse(ended.Groups[1].Value, CultureInfo.InvariantCulture))
                : (DebuggeeState.Unknown, 0);
        }

        if (!json.RootElement.TryGetProperty("result", out var result) || result.ValueKind != JsonValueKind.Object
            || !result.TryGetProperty("State", out var state) || state.ValueKind != JsonValueKind.Object)
        {
            return (DebuggeeState.Unknown, 0);
        }

        return Is("exited")
                ? (
                    DebuggeeState.Exited,
                    state.TryGetProperty("exitStatus", out var status) && status.TryGetInt32(out var code) ? code : 0)
            : Is("Running") || Is("NextInProgress") ? (DebuggeeState.Running, 0)
            : HasPanicked(state) ? (DebuggeeState.Panicked, 0)
            : (DebuggeeState.Stopped, 0);

        bool Is(string name) => state.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
    }

    // The breakpoints Delve sets by itself: proc.UnrecoveredPanic and proc.FatalThrow.
    private static bool HasPanicked(JsonElement state) =>
        state.TryGetProperty("currentThread", out var thread) && thread.ValueKind == JsonValueKind.Object
        && thread.TryGetProperty("breakPoint", out var breakpoint) && breakpoint.ValueKind == JsonValueKind.Object
        && breakpoint.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
        && name.GetString() is "unrecovered-panic" or "runtime-fatal-throw";

    private (DebuggeeState State, int ExitCode) Lost()
    {
        Dispose();
        (_client, _reader) = (null, null);
        return (DebuggeeState.Unknown, 0);
    }

    [GeneratedRegex(@"^Process \d+ has exited with status (-?\d+)")]
    private static partial Regex Ended();
}
