using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Bench.Saves;

/// <summary>A plugin started by hand, as far as its handshake.</summary>
internal sealed class RunningPlugin : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly ManagedProcess _process;
    private readonly Handshake _handshake;

    private RunningPlugin(ManagedProcess process, Handshake handshake)
    {
        _process = process;
        _handshake = handshake;
    }

    public DevInfoFile DevInfo =>
        new(_process.Id, _handshake.Protocol, _handshake.AppProtocolVersion, _handshake.Address.Address)
        {
            PluginId = PluginProject.DefaultId,
        };

    public static async Task<RunningPlugin> StartAsync(string binary, string folder, CancellationToken cancellation)
    {
        var shaken = new TaskCompletionSource<Handshake>(TaskCreationOptions.RunContinuationsAsynchronously);
        var spec = new ProcessSpec(binary, [], folder)
        {
            Environment = new Dictionary<string, string?>
            {
                ["OMNIVIEW"] = PluginProject.DefaultId,
                ["OMNIVIEW_DEV"] = "1",
            },
        };
        var process = ManagedProcess.Start(spec, line =>
        {
            if (!line.IsError && Handshake.Parse(line.Text) is { } handshake)
            {
                shaken.TrySetResult(handshake);
            }
        });
        try
        {
            var first = await Task.WhenAny(shaken.Task, process.Exited).WaitAsync(cancellation);
            return first == shaken.Task
                ? new RunningPlugin(process, await shaken.Task)
                : throw new BenchException(
                    $"{binary} ended with exit code {await process.Exited} before its handshake.");
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// TERM; returns as soon as the process has ended, what else stopping means here goes on in
    /// <see cref="DisposeAsync"/>.
    /// </summary>
    public async Task StopAsync()
    {
        _ = _process.StopAsync(Grace);
        await _process.Exited;
    }

    public async ValueTask DisposeAsync()
    {
        await _process.StopAsync(Grace);
        await _process.DisposeAsync();
    }
}
