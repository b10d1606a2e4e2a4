using Omniview.Plugin.Bench.Measuring;

namespace Omniview.Plugin.Bench.Saves;

/// <summary>The path that must stay short: a Go file is saved, the plugin that runs is the new one.</summary>
internal sealed class SaveToReady : IScenario
{
    public string Name => "save-to-ready";

    public string About =>
        "A constant of the sample plugin is edited (backend only). Ours: the packed dev host, until it reports the new generation, which has answered its health check by then; "
        + "the others until the handshake. Downtime, in rounds of its own: a client that pings the plugin named by .devinfo every 5 ms during the save.";

    public async Task<IReadOnlyList<Comparison>> MeasureAsync(World world, Runner runner, CancellationToken cancellation)
    {
        await using var ours = await DevLoop.StartAsync(world, cancellation);
        await using var floor = new BareFloor(world);
        await using var upstream = await UpstreamLoop.StartAsync(world, cancellation);
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
                Pinged("dev loop (ours)", ours, ourPinger),
                Pinged("upstream's loop (stand-in)", upstream, upstreamPinger),
            ], cancellation),
        ];
    }

    private static Contender Timed(string name, ISaveLoop loop) =>
        new(name, async cancellation => [Reading.Milliseconds("save → ready", await loop.SaveAsync(cancellation))]);

    private static Contender Pinged(string name, ISaveLoop loop, HealthPinger pinger) =>
        new(name, cancellation => pinger.DuringAsync(() => loop.SaveAsync(cancellation), cancellation));
}
