using System.Globalization;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

/// <summary>
/// The machine's clock is set while a plugin runs: by hand, by its time service, after a suspend. Only the dev host is
/// shown the other time.
/// </summary>
public sealed class JumpingInTime : HostScratch
{
    // no space: the loader splits LD_PRELOAD there
    private readonly DirectoryInfo _clock = Directory.CreateTempSubdirectory("ovp-clock-");

    [Theory]
    [InlineData(+10)]
    [InlineData(-10)]
    public async Task Days_forth_or_back_change_nothing_but_the_times_that_are_told(int days)
    {
        Plugins.CopyBackend(Project);
        ShowClock(0);
        var dev = await OpenAsync();
        var first = await dev.ReadyAsync(1);

        ShowClock(days);
        Replace("pkg/greeting.go", "\"Hello\"", "\"Then\"");
        var second = await dev.ReadyAsync(2);
        Assert.Equal("Then, Ada!", await GreetAsync());
        Kill(second.PluginPid);
        var third = await dev.StateAsync(
            state => state.GrpcConnected && state.PluginPid != second.PluginPid, "it was started again");

        ShowClock(0);
        Replace("pkg/greeting.go", "\"Then\"", "\"Now\"");
        await dev.StateAsync(state => state.Generation == third.Generation + 1 && state.GrpcConnected);
        Assert.Equal("Now, Ada!", await GreetAsync());

        Assert.False(dev.Ended.IsCompleted);
        // it did see that time
        Assert.InRange(
            Time(second.LastBuildTime) - Time(first.LastBuildTime),
            TimeSpan.FromDays(days - 0.1),
            TimeSpan.FromDays(days + 0.1));
        await dev.Session.EndAsync();
        await Poll.UntilAsync(() => RunningPlugins().Count == 0, "the plugin has ended");
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _clock.Delete(recursive: true);
    }

    private void ShowClock(int days)
    {
        var library = Path.Combine(_clock.FullName, "libfaketime.so");
        if (!File.Exists(library))
        {
            File.CreateSymbolicLink(
                library,
                System.Environment.GetEnvironmentVariable("OMNIVIEW_TEST_FAKETIME")
                    ?? throw new InvalidOperationException(
                        "OMNIVIEW_TEST_FAKETIME is not set: run ./build.sh setup all, and eval \"$(./build.sh env)\".")
            );
            Environment["LD_PRELOAD"] = library;
            Environment["FAKETIME_TIMESTAMP_FILE"] = Path.Combine(_clock.FullName, "time");
            Environment["FAKETIME_NO_CACHE"] = "1";
            Environment["FAKETIME_DONT_FAKE_MONOTONIC"] = "1"; // setting a clock does not touch that one
            Environment["FAKETIME_FORCE_MONOTONIC_FIX"] = "0"; // made for an old libc: with it no wait in .NET waits
            Environment["NO_FAKE_STAT"] = "1";
        }

        // In one step: it is read all the time.
        File.WriteAllText(
            Path.Combine(_clock.FullName, "next"), string.Create(CultureInfo.InvariantCulture, $"{days:+0;-0;+0}d\n"));
        File.Move(Path.Combine(_clock.FullName, "next"), Path.Combine(_clock.FullName, "time"), overwrite: true);
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
