using Omniview.Plugin.Core.Text;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.Core.Reports;

/// <summary>How the lines of a dev session look; this one has no colours and no names.</summary>
internal class LineStyle
{
    public static LineStyle Plain { get; } = new();

    /// <summary>A line that is neither of the log nor a problem.</summary>
    public virtual string Line(string text) => text;

    public virtual string Log(LogEntry entry) => LogLine.Of(entry);

    public virtual string Problem(BuildError problem) => TerminalText.Neutralise(problem.ToDiagnostic().ToString());
}
