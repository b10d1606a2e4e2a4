using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Tests.State;

/// <summary>
/// A file system of its own, small enough to fill: a tmpfs. Needs root on Linux; other tests are skipped with that
/// reason.
/// </summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly TempFolder _folder;

    private SmallDisk(TempFolder folder) => _folder = folder;

    public string Path => _folder.Path;

    public static async Task<SmallDisk> MountAsync(int bytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs tmpfs");
        var folder = new TempFolder();
        if (await RunAsync("mount", "-t", "tmpfs", "-o", $"size={bytes}", "tmpfs", folder.Path) != 0)
        {
            folder.Dispose();
            Assert.Skip("mounting a tmpfs is not permitted here");
        }

        return new SmallDisk(folder);
    }

    public async Task MakeReadOnlyAsync() => Assert.Equal(0, await RunAsync("mount", "-o", "remount,ro", Path));

    /// <summary>Nobody, not even root, may change, replace or delete it, or create anything in it.</summary>
    public static async Task MakeImmutableAsync(string path) =>
        Assert.SkipUnless(await RunAsync("chattr", "+i", path) == 0, "tmpfs knows the immutable flag since Linux 6.6");

    public async ValueTask DisposeAsync()
    {
        Assert.Equal(0, await RunAsync("umount", Path));
        _folder.Dispose();
    }

    private static async Task<int> RunAsync(string tool, params string[] arguments) =>
        new ExecutableFinder("/nowhere").Find(tool, "/usr/sbin", "/sbin") is { } file
            ? await ToolRunner.RunAsync(new ProcessSpec(file, arguments, "/"), _ => { }, CancellationToken.None)
            : 127;
}
