using Omniview.Plugin.Bench.Measuring;

namespace Omniview.Plugin.Bench.Saves;

/// <summary>The path that must stay short: a Go file is saved, the plugin that runs is the new one.</summary>
/// <param name="name">As it is named on the command line.</param>
/// <param name="about">Which plugin it is.</param>
/// <param name="write">Makes one, under the name of a folder.</param>
internal sealed class SaveToReady(string name, string about, Func<World, string, PluginProject> write) : IScenario
{
    public string Name => name;

    public string About =>
        $"{about} A constant of package main is edited. Ours: the packed dev host, which asks no go command for " +
        "such an edit, until it reports the new generation, which has answered its health check by then; "
        + "the others until the handshake. An error: until it is told, against the failing `go build`. Downtime, in " +
            "rounds of its own: a client that pings the plugin named by .devinfo every 5 ms during the save.";

    public async Task<IReadOnlyList<Comparison>> MeasureAsync(
        World world, Runner runner, CancellationToken cancellation)
    {
        await using var ours = await DevLoop.StartAsync(world, write(world, $"{name}-ours"), cancellation);
        await using var floor = new BareFloor(write(world, $"{name}-floor"));
        await using var upstream = await UpstreamLoop.StartAsync(write(world, $"{name}-upstream"), cancellation);
        using var ourPinger = new HealthPinger(ours.DevInfoFile);
        using var upstreamPinger = new HealthPinger(upstream.DevInfoFile);

        return
        [
            .. await runner.AlternateAsync(
            [
                Timed("dev loop (ours)", ours),
                Timed("bare floor: go build, start", floor),
                Timed("upstream's loop (stand-in)", upstream),
            ], cancellation),
            .. await runner.AlternateAsync(
            [
                Failed("dev loop (ours)", ours.FailAsync),
                Failed("bare floor: go build", floor.FailAsync),
            ], cancellation),
            .. await runner.AlternateAsync(
            [
                Pinged("dev loop (ours)", ours, ourPinger),
                Pinged("upstream's loop (stand-in)", upstream, upstreamPinger),
            ], cancellation),
        ];
    }

    private static Contender Timed(string name, ISaveLoop loop) =>
        new(name, async cancellation => [Reading.Milliseconds("save → ready", await loop.SaveAsync(cancellation))]);

    private static Contender Failed(string name, Func<CancellationToken, Task<TimeSpan>> fail) =>
        new(name, async cancellation => [Reading.Milliseconds("error → told", await fail(cancellation))]);

    private static Contender Pinged(string name, ISaveLoop loop, HealthPinger pinger) =>
        new(name, cancellation => pinger.DuringAsync(() => loop.SaveAsync(cancellation), cancellation));
}
