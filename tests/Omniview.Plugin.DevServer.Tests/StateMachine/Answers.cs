using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Building;
using Omniview.Plugin.Core.Manifest;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Grpc;
using Omniview.Plugin.DevServer.StateMachine;

namespace Omniview.Plugin.DevServer.Tests.StateMachine;

/// <summary>How what is under way may end, or go on. Which way it does, a number chooses.</summary>
internal static class Answers
{
    /// <param name="isTaken">Whether the machine waits for this result.</param>
    public static BuildOutcome OfBuild(PluginState state, PendingEffect build, int choice, out bool isTaken)
    {
        var turn = state.Backend.Turn!;
        isTaken = false;
        if (build.IsCancelled && choice % 2 == 0)
        {
            return new BuildCancelled(IsIncremental: choice % 4 == 0);
        }

        isTaken = turn.Number == build.Number && !turn.IsSuperseded && !state.IsProjectGone && state.WantsBackend;
        var result = new GoBuildResult(
            build.IsGood, build.IsGood ? [] : [Diagnostic.Error("GO1", "wrong")], TimeSpan.FromMilliseconds(5));
        return new Compiled(
            new ManifestResult(state.Manifest, []), Failures.Request, result, IsIncremental: choice % 3 == 0);
    }

    /// <param name="pid">Of the process, if there is one now.</param>
    public static PluginMessage OfStart(PendingEffect pending, StartPlugin start, int choice, int pid)
    {
        if (!pending.IsSpawned && choice % 4 == 3)
        {
            return new PluginSpawned(start.Start, pid);
        }

        if (pending.IsCancelled && choice % 3 != 2)
        {
            return new StartEnded(start.Start, Failure: null);
        }

        if (choice % 5 == 4)
        {
            return new StartEnded(start.Start, Failures.Start);
        }

        var address = new Handshake(1, new PluginAddress("unix", "/s"), "grpc");
        return new PluginStarted(
            start.Start, pid, address, DateTimeOffset.UnixEpoch, PluginHealth.Serving, new BuildPhases());
    }

    public static IEnumerable<PluginMessage> OfVite(PendingEffect pending, StartVite vite, int choice)
    {
        if (pending.IsCancelled)
        {
            return [new ViteEnded(vite.Vite, ViteEnd.Told, [])];
        }

        if (choice % 5 == 1)
        {
            return
            [
                choice % 2 == 0
                    ? new ViteEnded(vite.Vite, ViteEnd.PortTaken, [])
                    : new ViteEnded(vite.Vite, ViteEnd.Failed, [Failures.Vite]),
            ];
        }

        pending.IsForEver = true;
        PluginMessage said = choice % 5 == 0
            ? new ViteServes(vite.Vite, [])
            : new UiProblemsFound(vite.Vite, (UiPart)(choice % 4), choice % 2 == 0 ? [] : [Failures.Vite]);
        return vite.Port == 0 ? [new VitePortTaken(vite.Vite, 15174), said] : [said];
    }
}
