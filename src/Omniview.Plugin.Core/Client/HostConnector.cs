using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.State;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.Core.Client;

/// <summary>Connects to a dev host, and makes sure that it is the one of a record.</summary>
internal static class HostConnector
{
    private const int LongestToken = 1024;
    private static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(5); // of an answer that takes milliseconds
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>The connection; null when the host has just ended.</summary>
    /// <exception cref="DiagnosticException">OVP3002, OVP3003.</exception>
    public static async Task<HttpClient?> ConnectAsync(HostRecord record, CancellationToken cancellation)
    {
        if (ReadToken(record) is not { } token)
        {
            return null;
        }

        var http = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            ConnectCallback = async (_, limit) => await HostProof.ConnectAsync(token, record.Port, limit),
        })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{record.Port}/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        try
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            var version = await AskAsync(http, record, cancellation);
            if (version is null || version.Pid != record.Pid || version.StartTicks != record.StartTicks)
            {
                http.Dispose();
                return null; // another program has the port by now
            }

            if (version.Version != HostVersion.Own)
            {
                http.Dispose();
                throw Differs(record, version.Version);
            }

            return http;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException
            or OperationCanceledException)
        {
            http.Dispose();
            cancellation.ThrowIfCancellationRequested();
            if (!record.Process.IsAlive || e is JsonException
                || e.InnerException is HostUnprovenException { IsDevHost: false })
            {
                return null;
            }

            throw Silent(
                record, $"does not answer at {record.Host}:{record.Port}: " +
                    $"{(e is OperationCanceledException ? "it took too long" : e.Message)}", e);
        }
    }

    /// <summary>Null when there is none: the host has just ended.</summary>
    private static async Task<HostVersion?> AskAsync(HttpClient http, HostRecord record, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var answer = http.GetFromJsonAsync<HostVersion>("api/v1/version", WireJson.Options, limit.Token);
        var timeout = new HostTimeout(IdleLimit, AnswerLimit);
        Process? host = null;
        while (await Task.WhenAny(answer, Task.Delay(LookInterval, cancellation)) != answer)
        {
            host ??= ProcessOf(record);
            if (cancellation.IsCancellationRequested || timeout.IsOver(host))
            {
                await limit.CancelAsync();
                break;
            }
        }

        host?.Dispose();
        return await answer;
    }

    private static Process? ProcessOf(HostRecord record)
    {
        try
        {
            return Process.GetProcessById(record.Pid);
        }
        catch (ArgumentException)
        {
            return null; // it has ended
        }
    }

    private static string? ReadToken(HostRecord record)
    {
        try
        {
            return Encoding.UTF8.GetString(StateFile.Read(record.TokenFile, LongestToken));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e is FileNotFoundException || !record.Process.IsAlive
                ? null
                : throw Silent(record, $"its token can't be used: {e.Message}", e);
        }
    }

    private static DiagnosticException Differs(HostRecord record, string version) => new(Diagnostic.Error(
        DiagnosticCodes.HostVersionDiffers,
        $"The dev host that runs (PID {record.Pid}) is version {version}, this is {HostVersion.Own}. Stop what uses " +
        "it (dotnet build -t:StopDev) and try again."));

    private static DiagnosticException Silent(HostRecord record, string how, Exception cause) =>
        new(Diagnostic.Error(
            DiagnosticCodes.HostDoesNotAnswer, $"The dev host (PID {record.Pid}) is alive but {how.TrimEnd('.')}. " +
                "End that process and try again."), cause);
}
