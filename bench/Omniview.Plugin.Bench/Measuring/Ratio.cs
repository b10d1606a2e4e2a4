using System.Globalization;

namespace Omniview.Plugin.Bench.Measuring;

/// <summary>How much of a peer's time (or failures) ours needs; below 1 ours is better.</summary>
/// <param name="Low">Lower end of the middle half of the rounds; null when values were not taken in rounds.</param>
internal readonly record struct Ratio(double Value, double? Low, double? High)
{
    /// <summary>
    /// In rounds: the median of the rounds' ratios, since whatever slows the machine for a while slows both.
    /// Otherwise the ratio of the medians. Null when the peer's numbers are zero.
    /// </summary>
    public static Ratio? Of(Comparison comparison, Series peer)
    {
        if (peer.Values.Any(value => value <= 0))
        {
            return null;
        }

        if (!comparison.InRounds)
        {
            return new Ratio(Statistics.Median(comparison.Ours.Values) / Statistics.Median(peer.Values), null, null);
        }

        var ratios = comparison.Ours.Values.Zip(peer.Values, (ours, theirs) => ours / theirs).ToList();
        return new Ratio(
            Statistics.Median(ratios), Statistics.Quantile(ratios, 0.25), Statistics.Quantile(ratios, 0.75));
    }

    public override string ToString() => Low is null
        ? string.Create(CultureInfo.InvariantCulture, $"{Value:0.00}")
        : string.Create(CultureInfo.InvariantCulture, $"{Value:0.00} ({Low:0.00}–{High:0.00})");
}
