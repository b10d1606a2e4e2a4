using FsCheck;
using FsCheck.Fluent;
using Omniview.Plugin.DevServer.StateMachine;

namespace Omniview.Plugin.DevServer.Tests.StateMachine;

/// <summary>
/// The machine under schedules that nobody thought of: whatever happens, in whatever order, with whatever result, what
/// is promised holds after each message. FsCheck makes the schedules, and makes one that breaks a promise as short as
/// it can.
/// </summary>
public sealed class ProvingTheMachine
{
    private const int Steps = 1_000_000;
    private const int Longest = 400;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Whatever_happens_every_promise_holds(bool hasUi, bool hasDebugger)
    {
        var steps = 0L;
        var schedules = Arb.From(Gen.Choose(0, int.MaxValue).ArrayOf(Longest), Shorter);
        while (steps < Steps / 4)
        {
            Prop.ForAll(schedules, schedule =>
            {
                steps += schedule.Length;
                var holds = BrokenBy(schedule, hasUi, hasDebugger, trace: null) is null;
                return holds.Label(holds ? "" : TraceOf(schedule, hasUi, hasDebugger));
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(100).WithQuietOnSuccess(true));
        }
    }

    /// <summary>Each broke a promise once.</summary>
    [Fact]
    public void What_was_found_once_stays_mended()
    {
        // a backend that left the manifest and came back while its plugin was being started again
        int[] cameBack =
        [
            1310273758, 1847279815, 418886056, 670579431, 1870000309, 1580691229, 713762101, 2124768857, 1514633379,
            304113219, 1590039544,
        ];
        Assert.Null(BrokenBy(cameBack, hasUi: false, hasDebugger: true, trace: null));
    }

    /// <summary>Without one of its steps, or without many.</summary>
    private static IEnumerable<int[]> Shorter(int[] schedule)
    {
        for (var size = schedule.Length / 2; size > 0; size /= 2)
        {
            for (var at = 0; at + size <= schedule.Length; at += size)
            {
                yield return [.. schedule[..at], .. schedule[(at + size)..]];
            }
        }
    }

    private static string TraceOf(int[] schedule, bool hasUi, bool hasDebugger)
    {
        List<string> trace = [];
        var broken = BrokenBy(schedule, hasUi, hasDebugger, trace);
        return $"{broken}\n{string.Join('\n', trace)}";
    }

    private static string? BrokenBy(int[] schedule, bool hasUi, bool hasDebugger, List<string>? trace)
    {
        var world = new World(hasUi) { HasDebugger = hasDebugger, Trace = trace };
        world.Send(new Begun());
        for (var step = 0; step < schedule.Length; step++)
        {
            world.Happen(schedule[step]);
            if (Promises.Broken(world) is { } broken)
            {
                return $"step {step}: {broken}";
            }
        }

        return BrokenAtTheEnd(world);
    }

    /// <summary>
    /// When everything is answered there is rest, and the plugin that is saved runs; and a stop ends it all.
    /// </summary>
    private static string? BrokenAtTheEnd(World world)
    {
        const int Limit = 500;
        if (world.State.IsProjectGone)
        {
            world.Send(new ProjectBack(new Core.Manifest.ManifestResult(world.State.Manifest, [])));
        }

        world.ComeToRest(Limit);
        if (Promises.Broken(world) is { } broken)
        {
            return $"at rest: {broken}";
        }

        if (!world.IsFinished && world.State is { WantsBackend: true, Backend: not { Turn: null, Changes: null } })
        {
            return $"no rest: {world.State.Backend}";
        }

        world.Send(new StopAsked());
        world.ComeToRest(Limit);
        return world.IsFinished ? Promises.Broken(world) : $"no end: {world.State}";
    }
}
