using System.Diagnostics;

namespace Omniview.Plugin.DevServer.Tests.Infra;

/// <summary>
/// A program on the real hashicorp/go-plugin client that reattaches to the plugin <c>.devinfo</c> names, as Omniview
/// does.
/// </summary>
internal sealed class RealOmniview : IAsyncDisposable
{
    private readonly Process _process;

    private RealOmniview(Process process) => _process = process;

    public static async Task<RealOmniview> StartAsync(string folder)
    {
        var program = await GoPluginSources.BuildAppAsync(folder);
        return new RealOmniview(Process.Start(
            new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true })!);
    }

    /// <summary>Connects to the plugin the file names now.</summary>
    public async Task AttachAsync(string devInfo) => Assert.Equal("attached", await AskAsync($"attach {devInfo}"));

    /// <summary>
    /// The answer to <c>ping</c>, <c>greet NAME</c>, <c>close</c> or <c>kill</c>; it begins with <c>error: </c> when
    /// the call failed.
    /// </summary>
    public async Task<string> AskAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
        return await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask()
            .WaitAsync(Limits.Wait) ?? "it has ended";
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(Limits.Wait);
        _process.Dispose();
    }
}
