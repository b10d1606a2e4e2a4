using System.Globalization;
using Omniview.Plugin.Core.Hosting;
using Omniview.Plugin.Core.Ui;

namespace Omniview.Plugin.DevServer.Cli.Terminal;

/// <summary>What stands at the bottom of the terminal: the problems as they are now, and in one line how the plugin is.</summary>
internal static class StatusLines
{
    public const int MostProblems = 5;

    private const string Keys = "o dashboard  r rebuild  q quit  ? help";

    /// <param name="busyFor">How long it has been starting or building.</param>
    /// <param name="doing">What the part that is busy said last; empty for nothing.</param>
    public static IReadOnlyList<string> Of(DevServerState state, IReadOnlyList<BuildError> errors, TimeSpan busyFor, string doing)
    {
        List<string> lines = [.. errors.Take(MostProblems).Select(error => Problem(state, error))];
        if (errors.Count > MostProblems)
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"  … {errors.Count - MostProblems} more"));
        }

        lines.Add(Status(state, errors, busyFor, doing));
        return lines;
    }

    private static string Problem(DevServerState state, BuildError error) =>
        $"{Ansi.Colour(error.Severity == "error" ? Ansi.Red : Ansi.Yellow, "  " + error.Code)} {Plain(error.In(state.DevPath))}";

    private static string Status(DevServerState state, IReadOnlyList<BuildError> errors, TimeSpan busyFor, string doing)
    {
        var colour = state.Status == ProcessStatus.Error ? Ansi.Red : state.Stale || state.Status != ProcessStatus.Ready ? Ansi.Yellow : Ansi.Green;
        List<string> parts = [Ansi.Colour(colour, $"* {state.PluginId} {state.Status}{(state.Stale ? $", stale: {state.StaleReason}" : "")}")];
        if (state.Status == ProcessStatus.Building)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{busyFor.TotalSeconds:0} s"));
        }

        if (state.GoStatus != ProcessStatus.Idle)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"backend {state.GoStatus}, generation {state.Generation}{(state.LastBuildDuration > 0 ? string.Create(CultureInfo.InvariantCulture, $", build {state.LastBuildDuration / 1e6:0} ms") : "")}"));
        }

        if (state.ViteStatus != ProcessStatus.Idle)
        {
            parts.Add($"UI {Ui(state)}");
        }

        parts.Add(errors.Count == 0 ? Ansi.Colour(Ansi.Dim, Keys) : Ansi.Colour(Ansi.Red, string.Create(CultureInfo.InvariantCulture, $"problems: {errors.Count}")));
        if (state.Status == ProcessStatus.Building && doing.Length > 0)
        {
            parts.Insert(2, Plain(doing));
        }

        return string.Join(Ansi.Colour(Ansi.Dim, " | "), parts);
    }

    private static string Ui(DevServerState state) =>
        state.ViteStatus == ProcessStatus.Error ? Ansi.Colour(Ansi.Red, $"{state.ViteStatus} {state.ViteUrl}".TrimEnd())
        : state.ViteUrl.Length > 0 ? state.ViteUrl : state.ViteStatus;

    /// <summary>On one line, without colours: what is cut off could be the end of one.</summary>
    private static string Plain(string text) => PlainText.Of(TerminalText.Neutralise(text)).Replace('\n', ' ').Replace('\t', ' ').Trim();
}
