using System.Diagnostics;
using System.Runtime.InteropServices;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests.Faults;

/// <summary>
/// Each process of a dev loop is ended, killed and paused in each phase of its life. Whatever happens: nothing is
/// orphaned, no stranger is signalled, no file is half-written, and the next start works. A class for each process, so
/// that they run side by side.
/// </summary>
public abstract class FaultMatrix(Victim victim) : HostScratch
{
    /// <summary>Longer than a pause would have to be for anyone here to take a process for dead.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>In our own process group, and named like a plugin: nobody may touch it.</summary>
    private readonly Process _stranger = new()
    {
        StartInfo = new ProcessStartInfo("bash", ["-c", "exec -a bin/plugin sleep 1000"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        },
    };

    public override ValueTask InitializeAsync()
    {
        Assert.True(_stranger.Start());
        Plugins.WriteBackendAndUi(Project, FakeVite.Good);
        Write("pkg/waits.go", HeldPlugin.Waits);
        Replace("pkg/goplugin/serve.go", "defer restore()", "defer restore()\n\tdefer waitForStop()");
        Write("pkg/goplugin/waits.go", HeldPlugin.WaitsAtItsEnd);
        return ValueTask.CompletedTask;
    }

    /// <summary>Every fault in each phase the process runs in.</summary>
    public static TheoryData<Fault, Phase> Cells(Victim victim)
    {
        var cells = new TheoryData<Fault, Phase>();
        foreach (var fault in Enum.GetValues<Fault>())
        {
            // go runs in no other
            foreach (
                var phase in Enum.GetValues<Phase>().Where(phase => victim != Victim.Go || phase == Phase.Building))
            {
                cells.Add(fault, phase);
            }
        }

        return cells;
    }

    protected async Task SurviveAsync(Fault fault, Phase phase)
    {
        var client = StartClient();
        await ReachAsync(phase, client);

        var struck = Find(victim, phase);
        await StrikeAsync(Pid(struck), fault, mayBeGone: phase == Phase.Stopping);
        if (fault != Fault.Pause && victim is not Victim.Host) // a host told to end waits for what is held
        {
            await Poll.UntilAsync(() => victim == Victim.Client || !Processes("").Contains(struck), "it has ended");
        }

        ReleaseAll();
        var endsTheLoop = victim is Victim.Client or Victim.Host && fault != Fault.Pause;
        if (phase != Phase.Stopping && !endsTheLoop)
        {
            // A build that was killed, and a plugin that died before it was one, are failures that the next save mends.
            var needsASave = fault != Fault.Pause
                && (victim == Victim.Go || (victim == Victim.Plugin && phase is Phase.Starting or Phase.Swapping));
            await AssertItServesOnAsync(needsASave);
        }

        if (phase != Phase.Stopping) // then it has been told
        {
            client.TrySignal(PosixSignal.SIGTERM);
        }

        var exitCode = await client.ExitAsync();
        Assert.True(
            exitCode == 0 || endsTheLoop || (victim is Victim.Client or Victim.Host && phase == Phase.Stopping),
            $"The client ended with {exitCode}:\n{client.Text}");
        await AssertGoneAsync(hostWasKilled: victim == Victim.Host && fault == Fault.Kill);
        await AssertTheNextStartWorksAsync();
        Assert.False(_stranger.HasExited, "a stranger was signalled");
    }

    public override async ValueTask DisposeAsync()
    {
        _stranger.Kill();
        _stranger.Dispose();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private WatchedGo Go => new(Path.Combine(Root, "fakes"));

    private string Hold(string name) => Path.Combine(Project, name);

    private Shell StartClient()
    {
        var settings = Settings(Project) with
        {
            Go = new DevSettings.GoSettings { ToolPath = FakeTool("go", WatchedGo.Script), Incremental = false },
            Ui = OwnPorts with { PackageManagerPath = FakeTool("pnpm", "exit 0\n") },
        };
        var file = Path.Combine(Root, "dev.json");
        new DevSettingsFile(State, settings).Write(file);
        return StartCommandLine("--settings", file);
    }

    private async Task ReachAsync(Phase phase, Shell client)
    {
        if (phase == Phase.Starting)
        {
            File.WriteAllText(Hold("hold-start"), "");
            await Poll.UntilAsync(
                () => RunningPlugins().Count == 1 && Processes("vite.js").Count == 1, "the first plugin and Vite " +
                    "are starting");
            return;
        }

        await client.WaitForAsync(text =>
            text.Contains("generation 1", StringComparison.Ordinal)
            && text.Contains("UI   http", StringComparison.Ordinal));
        switch (phase)
        {
            case Phase.Building:
                Go.HoldBuilds();
                Replace("pkg/waits.go", "edition = 1", "edition = 2");
                await Poll.UntilAsync(
                    () => Go.Notes.Count(note => note == "build") == 2, "the second build is running");
                break;
            case Phase.Swapping:
                File.WriteAllText(Hold("hold-start"), "");
                Replace("pkg/waits.go", "edition = 1", "edition = 2");
                await Poll.UntilAsync(() => RunningPlugins().Count == 2, "the second plugin is starting");
                break;
            case Phase.Stopping:
                File.WriteAllText(Hold("hold-stop"), "");
                client.Signal(PosixSignal.SIGTERM);
                await client.WaitForAsync("stopping");
                break;
            default:
                break;
        }
    }

    /// <summary>PID and command line. Of two plugins it is the newer one.</summary>
    private string Find(Victim victim, Phase phase) => victim switch
    {
        Victim.Client => Assert.Single(Processes("--settings")),
        Victim.Host => Assert.Single(Processes(" host --state-dir ")),
        Victim.Plugin => RunningPlugins().MaxBy(StartTicks)!,
        // it may be gone already, the plugin holds out
        Victim.Vite when phase == Phase.Stopping => Processes("vite.js").FirstOrDefault() ?? RunningPlugins()[0],
        Victim.Vite => Assert.Single(Processes("vite.js")),
        _ => Processes("fakes/go").MinBy(StartTicks)!,
    };

    private static async Task StrikeAsync(int pid, Fault fault, bool mayBeGone)
    {
        Assert.True(Signals.TrySend(pid, (int)fault) || mayBeGone);
        if (fault == Fault.Pause)
        {
            await Task.Delay(Pause, Cancellation); // the fault itself, not a wait for something
            Assert.True(Signals.TrySend(pid, Signals.Continue) || mayBeGone);
        }
    }

    private void ReleaseAll()
    {
        Go.LetBuildsGo();
        File.Delete(Hold("hold-start"));
        File.Delete(Hold("hold-stop"));
    }

    /// <summary>The loop goes on, with the newest sources, after a save if the fault cost it a build.</summary>
    private async Task AssertItServesOnAsync(bool needsASave)
    {
        if (needsASave)
        {
            using var loop = await HostAsync();
            await Poll.UntilAsync(
                async () => await loop.GetStateAsync(Plugins.Id, Cancellation) is { GoStatus: ProcessStatus.Error },
                "the failure is told");
            Write("pkg/later.go", "package main\n\nconst later = true\n");
        }

        using var host = await HostAsync();
        await Poll.UntilAsync(
            async () =>
                RunningPlugins().Count == 1
                && Processes("vite.js").Count == 1
                && await host.GetStateAsync(Plugins.Id, Cancellation)
                    is { Status: ProcessStatus.Ready, Stale: false, GrpcConnected: true },
            "the loop serves on");
        Assert.Equal("Hello, Ada!", await GreetAsync());
        Assert.DoesNotContain("overlap", Go.Notes);
    }

    private async Task AssertGoneAsync(bool hostWasKilled)
    {
        await Poll.UntilAsync(
            () => Processes("").All(process => process.Contains(" host --state-dir ", StringComparison.Ordinal)),
            "all but the host is gone");
        if (File.Exists(DevInfo))
        {
            // nobody was there to take it away: the next start does
            Assert.True(hostWasKilled, ".devinfo was left behind");
            Assert.NotNull(Core.DevInfo.DevInfoFile.Read(DevInfo));
        }

        var installed = Installed("bin/plugin");
        Assert.True(
            !File.Exists(installed) || new FileInfo(installed).Length > 1_000_000, "the installed program is whole");
    }

    private async Task AssertTheNextStartWorksAsync()
    {
        var next = StartClient();
        await next.WaitForAsync(text =>
            text.Contains("ready in ", StringComparison.Ordinal) && text.Contains("UI   http", StringComparison.Ordinal)
        );
        Assert.Equal("Hello, Ada!", await GreetAsync());
        next.Signal(PosixSignal.SIGTERM);
        Assert.Equal(0, await next.ExitAsync());
        await AssertNothingIsLeftAsync();
    }
}
