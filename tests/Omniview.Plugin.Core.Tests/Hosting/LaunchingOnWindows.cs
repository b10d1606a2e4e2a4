using System.IO.Pipes;
using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Tests.Processes;

namespace Omniview.Plugin.Core.Tests.Hosting;

/// <summary>What a host gets of its starter on Windows. Elsewhere a shell gives it its log and nothing else.</summary>
[WindowsOnly("other systems have their own launcher")]
public sealed class LaunchingOnWindows : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly HostDirectory _files;

    public LaunchingOnWindows()
    {
        _files = new HostDirectory(_folder["state"]);
        Directory.CreateDirectory(_files.Path);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_a_host_prints_is_added_to_the_log_from_the_first_byte()
    {
        await File.WriteAllTextAsync(_files.Log, "before\n", TestContext.Current.CancellationToken);

        using var host = HostLauncher.Start(TestTool.Command("say", "a \"quoted\\\" é", "%PATH%", "c:\\"), _files);
        await host.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                "before", "a \"quoted\\\" é", "%PATH%", "c:\\",
                "host", "--state-dir", _files.StateDirectory, "error: that was all"],
            await File.ReadAllLinesAsync(_files.Log, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_pipe_of_the_starter_closes_while_the_host_runs()
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable);
        using var host = HostLauncher.Start(TestTool.Command("watch", _folder.Path), _files);
        try
        {
            pipe.DisposeLocalCopyOfClientHandle();

            Assert.Equal(0, await pipe.ReadAsync(new byte[1], TestContext.Current.CancellationToken));
            Assert.False(host.HasExited);
        }
        finally
        {
            host.Kill();
            await host.WaitForExitAsync(CancellationToken.None);
        }
    }
}
