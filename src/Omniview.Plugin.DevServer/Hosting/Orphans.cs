using Omniview.Plugin.Core.Archives;
using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Install;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Text;
using Omniview.Plugin.DevServer.Login;
using Omniview.Plugin.DevServer.Running;

namespace Omniview.Plugin.DevServer.Hosting;

/// <summary>
/// Descendants of a host that was killed. Its children the kernel or a job object ends; theirs are ended by the verb
/// <c>reap</c>, which the host's guardian runs at once, and by the next host at its start.
/// </summary>
internal static class Orphans
{
    // with the start of `reap` and the look around well below five seconds
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    /// <summary>
    /// Ends what an earlier host left, and has what this one starts recorded and guarded until the result is disposed.
    /// </summary>
    public static async Task<IAsyncDisposable> AvoidAsync(HostDirectory directory, HostCommand self)
    {
        await ReapAsync(directory);
        ArchiveInstaller.Sweep();
        directory.RemoveLostTokens();
        var guardian = new Guardian(
            [self.FileName, .. self.Arguments, "reap", "--state-dir", directory.StateDirectory]);
        GroupRecords.OfThisProcess = new GroupRecords(directory.Groups);
        return guardian;
    }

    /// <summary>Whether nothing is left of hosts that were killed.</summary>
    public static async Task<bool> ReapAsync(HostDirectory directory)
    {
        var ended = await new GroupReaper(new GroupRecords(directory.Groups), Console.Error.WriteLine)
            .ReapAsync(Grace, Limit, CancellationToken.None);
        StaleDevInfo.RemoveAll(directory.StateDirectory);
        LinkFiles.Sweep(directory.Links);
        foreach (var install in InterruptedInstalls.RollBack(directory.StateDirectory))
        {
            await Console.Error.WriteLineAsync(TerminalText.Neutralise(install.ToString()));
        }

        return ended;
    }
}
