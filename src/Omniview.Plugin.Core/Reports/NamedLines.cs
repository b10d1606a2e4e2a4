using Omniview.Plugin.Core.Text;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.Core.Reports;

/// <summary>
/// The lines of one plugin among those of others: each begins with the plugin's name. Not so a problem, which begins
/// with its file for those who read it, and with the plugin's name only when it has none.
/// </summary>
/// <param name="name">The plugin's id.</param>
/// <param name="isColoured">Gives each plugin a colour, the same each time.</param>
internal sealed class NamedLines(string name, bool isColoured) : LineStyle
{
    // ECMA-48, SGR; red is for what is wrong
    private static readonly int[] Colours = [36, 35, 34, 33, 32, 96, 95, 94, 93, 92];

    private readonly string _prefix = isColoured
        ? $"\e[{Colours[StableHash.Of(name) % Colours.Length]}m{name} |\e[0m "
        : $"{name} | ";

    public override string Line(string text) => _prefix + text.Replace("\n", $"\n{_prefix}", StringComparison.Ordinal);

    public override string Log(LogEntry entry) => Line(base.Log(entry));

    public override string Problem(BuildError problem) =>
        base.Problem(problem with { File = problem.File.Length > 0 ? problem.File : name });
}
