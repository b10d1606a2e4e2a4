using System.Net;
using System.Net.Sockets;
using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Tests.Processes;

namespace Omniview.Plugin.Core.Tests.Hosting;

/// <summary>A state directory with hosts that are there, were there, or only seem to be.</summary>
public abstract class HostFinderTestBase : IDisposable
{
    private protected HostFinderTestBase() => Files = new HostDirectory(Folder["state"]);

    protected TempFolder Folder { get; } = new();

    private protected HostDirectory Files { get; }

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected Task<HostClient?> FindAsync() => HostFinder.FindAsync(Files.StateDirectory, Cancellation);

    private protected Task<HostClient> EnsureAsync(string script) =>
        HostFinder.EnsureAsync(Files.StateDirectory, Command(script), Cancellation);

    /// <summary>A script that plays the host program; <c>$0</c> is the test's folder.</summary>
    private protected HostCommand Command(string script) => new("/bin/sh", ["-c", script, Folder.Path]);

    private protected void Publish(ProcessIdentity process, TcpListener listener) =>
        FakeHost.Publish(Files, FakeHost.RecordOf(Files, process, ((IPEndPoint)listener.LocalEndpoint).Port));

    protected static Task BreakAsync(string file, string kind, string other)
    {
        switch (kind)
        {
            case "link":
                File.CreateSymbolicLink(file, other);
                return Task.CompletedTask;
            case "folder":
                Directory.CreateDirectory(file);
                return Task.CompletedTask;
            case "hard link":
                return RunAsync("ln", other, file);
            case "pipe":
                return RunAsync("mkfifo", file);
            default:
                return RunAsync("chmod", "666", file);
        }
    }

    protected static async Task RunAsync(string tool, params string[] arguments) =>
        Assert.Equal(
            0, await ToolRunner.RunAsync(Sh.Script("exec \"$@\"", [tool, .. arguments]), _ => { }, Cancellation));

    protected int PidIn(string file) =>
        int.Parse(File.ReadAllText(Folder[file]), System.Globalization.CultureInfo.InvariantCulture);
}
