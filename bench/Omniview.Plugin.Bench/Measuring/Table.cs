using System.Globalization;
using System.Text;

namespace Omniview.Plugin.Bench.Measuring;

/// <summary>Results as a Markdown table whose columns also line up in a terminal.</summary>
internal static class Table
{
    public const string Legend =
        "`ours ÷ this`: what the SDK needs as a share of the row's contender, below 1 is better; the median of the " +
        "rounds' ratios (and their middle half). "
        + "Times depend on the machine, ratios hardly: only these are for judging.";

    private static readonly string[] Head = ["measure", "contender", "median", "p95", "ours ÷ this"];
    private static readonly bool[] RightAligned = [false, false, true, true, false];

    public static string Of(IScenario scenario, IReadOnlyList<Comparison> comparisons)
    {
        var rows = comparisons.SelectMany(Rows).Prepend(Head).ToList();
        var widths = Head.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder().Append("\n## ").Append(scenario.Name).Append("\n\n").Append(
            scenario.About).Append("\n\n");
        Add(text, rows[0], widths);
        text.Append('|')
            .AppendJoin(
                '|',
                widths.Select(
                    (width, column) =>
                        RightAligned[column] ? new string('-', width + 1) + ":" : new string('-', width + 2)))
            .Append("|\n");
        foreach (var row in rows.Skip(1))
        {
            Add(text, row, widths);
        }

        return text.ToString();
    }

    private static IEnumerable<string[]> Rows(Comparison comparison) =>
        comparison.Peers
            .Select(peer => Row("", peer, Ratio.Of(comparison, peer)?.ToString() ?? "–"))
            .Prepend(Row(comparison.Measure, comparison.Ours, ""));

    private static string[] Row(string measure, Series series, string ratio) =>
        [
            measure,
            series.Contender,
            Number(Statistics.Median(series.Values)),
            Number(Statistics.Quantile(series.Values, 0.95)),
            ratio,
        ];

    /// <summary>Three digits that say something.</summary>
    private static string Number(double value) => value.ToString(
        value switch { 0 or >= 100 => "0", >= 10 => "0.0", >= 1 => "0.00", _ => "0.000" },
        CultureInfo.InvariantCulture);

    private static void Add(StringBuilder text, string[] row, int[] widths) =>
        text.Append("| ")
            .AppendJoin(
                " | ",
                row.Select(
                    (cell, column) =>
                        RightAligned[column] ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column])))
            .Append(" |\n");
}
