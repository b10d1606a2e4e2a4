namespace Omniview.Plugin.Bench.Measuring;

/// <summary>
/// Measures contenders in rounds: each once, every round begun by another one, so that neither a slow phase of the
/// machine nor what the one before left behind is always the same one's luck.
/// </summary>
/// <param name="rounds">Rounds that count.</param>
/// <param name="warmUps">Rounds before them that don't.</param>
internal sealed class Runner(int rounds, int warmUps)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static Runner Full { get; } = new(rounds: 20, warmUps: 3);

    public static Runner Quick { get; } = new(rounds: 5, warmUps: 1);

    public int Rounds { get; } = rounds;

    /// <summary>For what takes long and needs no more.</summary>
    public Runner AtMost(int most) => new(Math.Min(Rounds, most), Math.Min(warmUps, 1));

    /// <summary>One comparison for each measure, in the order of the readings.</summary>
    /// <param name="contenders">The first is this SDK; all give the same readings.</param>
    /// <exception cref="BenchException">One took longer than three minutes for one measurement.</exception>
    public async Task<IReadOnlyList<Comparison>> AlternateAsync(
        IReadOnlyList<Contender> contenders, CancellationToken cancellation)
    {
        var readings = contenders.Select(_ => new List<IReadOnlyList<Reading>>()).ToList();
        for (var round = 0; round < warmUps + Rounds; round++)
        {
            for (var turn = 0; turn < contenders.Count; turn++)
            {
                var one = (round + turn) % contenders.Count;
                var reading = await MeasureAsync(contenders[one], cancellation);
                if (round >= warmUps)
                {
                    readings[one].Add(reading);
                }
            }
        }

        Series Series(int contender, int measure) =>
            new(contenders[contender].Name, [.. readings[contender].Select(reading => reading[measure].Value)]);

        return [.. readings[0][0].Select((reading, measure) => new Comparison(
            reading.Measure,
            Series(0, measure),
            [.. Enumerable.Range(1, contenders.Count - 1).Select(peer => Series(peer, measure))],
            InRounds: true))];
    }

    private static async Task<IReadOnlyList<Reading>> MeasureAsync(Contender contender, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            return await contender.MeasureAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new BenchException($"{contender.Name} was not done within {Patience.TotalMinutes} minutes.");
        }
    }
}
