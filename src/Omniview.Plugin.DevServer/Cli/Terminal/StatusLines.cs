using System.Globalization;
using Omniview.Plugin.Core.Text;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Cli.Terminal;

/// <summary>
/// What stands at the bottom of the terminal: the problems as they are now, and how the plugin is, in as many lines as
/// that needs.
/// </summary>
internal static class StatusLines
{
    public const int MostProblems = 5;

    private const string Separator = " | ";
    private const string Keys = "o dashboard  r rebuild  q quit  ? help";

    /// <param name="busyFor">How long it has been starting or building.</param>
    /// <param name="doing">What the part that is busy said last; empty for nothing.</param>
    /// <param name="columns">Those of the terminal.</param>
    public static IReadOnlyList<string> Of(
        DevServerState state, IReadOnlyList<BuildError> errors, TimeSpan busyFor, string doing, int columns)
    {
        List<string> lines = [.. errors.Take(MostProblems).Select(error => Problem(state, error))];
        if (errors.Count > MostProblems)
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"  … {errors.Count - MostProblems} more"));
        }

        lines.AddRange(Broken(Status(state, errors, busyFor, doing), columns));
        return lines;
    }

    private static string Problem(DevServerState state, BuildError error) =>
        $"{Ansi.Colour(error.Severity == "error" ? Ansi.Red : Ansi.Yellow, "  " + error.Code)} " +
        $"{Plain(error.In(state.DevPath))}";

    private static List<string> Status(
        DevServerState state, IReadOnlyList<BuildError> errors, TimeSpan busyFor, string doing)
    {
        var colour = state.Status == ProcessStatus.Error
            ? Ansi.Red
            : state.Stale || state.Status != ProcessStatus.Ready
            ? Ansi.Yellow
            : Ansi.Green;
        List<string> parts = [Ansi.Colour(
            colour, $"* {state.PluginId} {state.Status}{(state.Stale ? $", stale: {state.StaleReason}" : "")}")];
        if (state.Status == ProcessStatus.Building)
        {
            parts.Add(Duration.Text(TimeSpan.FromSeconds(Math.Floor(busyFor.TotalSeconds))));
        }

        if (state.GoStatus != ProcessStatus.Idle)
        {
            var build = state.LastBuildDuration > 0 ? $", build {Duration.Text(state.LastBuildDuration / 1e6)}" : "";
            parts.Add(
                string.Create(
                    CultureInfo.InvariantCulture, $"backend {state.GoStatus}, generation {state.Generation}{build}"));
        }

        if (state.ViteStatus != ProcessStatus.Idle)
        {
            parts.Add($"UI {Ui(state)}");
        }

        if (errors.Count > 0)
        {
            parts.Add(Ansi.Colour(Ansi.Red, string.Create(CultureInfo.InvariantCulture, $"problems: {errors.Count}")));
        }

        parts.Add(Ansi.Colour(Ansi.Dim, Keys));
        if (state.Status == ProcessStatus.Building && doing.Length > 0)
        {
            parts.Insert(2, Plain(doing));
        }

        return parts;
    }

    private static string Ui(DevServerState state) =>
        state.ViteStatus == ProcessStatus.Error ? Ansi.Colour(Ansi.Red, $"{state.ViteStatus} {state.ViteUrl}".TrimEnd())
        : state.ViteUrl.Length > 0 ? state.ViteUrl : state.ViteStatus;

    /// <summary>
    /// The parts one behind the other; one that does not fit begins a line of its own, so that none of them, least of
    /// all the keys, is cut off.
    /// </summary>
    private static IEnumerable<string> Broken(List<string> parts, int columns)
    {
        var line = parts[0];
        foreach (var part in parts.Skip(1))
        {
            // the last column stays free, as for every line
            if (Length(line) + Length(Separator) + Length(part) < columns)
            {
                line += Ansi.Colour(Ansi.Dim, Separator) + part;
            }
            else
            {
                yield return line;
                line = "  " + part;
            }
        }

        yield return line;
    }

    private static int Length(string text) => PlainText.Of(text).Length;

    /// <summary>On one line, without colours: what is cut off could be the end of one.</summary>
    private static string Plain(string text) =>
        PlainText.Of(TerminalText.Neutralise(text)).Replace('\n', ' ').Replace('\t', ' ').Trim();
}
