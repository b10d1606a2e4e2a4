using System.Diagnostics;
using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.Tests.Watching;

[LinuxOnly("the limits are those of inotify")]
public sealed class WatchingWithoutEvents
{
    [Fact]
    public async Task Files_are_looked_at_instead()
    {
        using var project = new WatchedProject(polling: true);
        project.Write("pkg/main.go");
        project.Write("pkg/old.go");
        project.Watch();

        project.Write("pkg/main.go", "changed");
        await project.ReportedAsync("pkg/main.go");
        project.Write("pkg/a/b/new.go");
        await project.ReportedAsync("pkg/a/b/new.go");
        File.Delete(project["pkg/old.go"]);
        await project.ReportedAsync("pkg/old.go");
        project.Write("plugin.yaml");
        await project.ReportedAsync("plugin.yaml");
    }

    [Fact]
    public async Task A_save_of_the_same_length_and_time_is_seen()
    {
        using var project = new WatchedProject(polling: true);
        var file = project.Write("pkg/main.go", "one");
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        await Poll.UntilAsync(
            () => FileMoment.Settled(null, FileFacts.Behind(file)) < FileMoment.Now,
            "a further write gives it another time, so that it is not reported for what was before");
        project.Watch();

        project.Write("pkg/main.go", "two");
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);

        await project.ReportedAsync("pkg/main.go");
    }

    /// <summary>In a user namespace, whose limits can be set without touching those of this machine's user.</summary>
    [Theory]
    [InlineData("max_inotify_instances", "0")]
    [InlineData("max_inotify_watches", "1")]
    public async Task A_system_that_gives_no_more_of_them_is_said_and_does_without(string limit, string value)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "inotify is Linux's");
        using var folder = new TempFolder();
        folder.Write("pkg/a/main.go", "x");
        var info = new ProcessStartInfo(
            "unshare",
            [
                "-Ur",
                "sh",
                "-c",
                $"echo {value} > /proc/sys/user/{limit} && exec dotnet \"$@\"",
                "sh",
                Path.Combine(AppContext.BaseDirectory, "Omniview.Plugin.TestTool.dll"),
                "watch",
                folder.Path,
            ])
        {
            RedirectStandardOutput = true,
        };
        info.Environment["DOTNET_USE_POLLING_FILE_WATCHER"] = null;

        using var watching = Process.Start(info)!;
        var said = await watching.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("OVP3014: The system gives no more events", said, StringComparison.Ordinal);
        Assert.Contains("sysctl fs.inotify.max_user_instances=", said, StringComparison.Ordinal);
        Assert.Equal("watching", await watching.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));

        folder.Write("pkg/a/main.go", "changed");

        Assert.Equal(
            folder["pkg/a/main.go"],
            await watching.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        await watching.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
