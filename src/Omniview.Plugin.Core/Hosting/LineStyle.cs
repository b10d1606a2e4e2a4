namespace Omniview.Plugin.Core.Hosting;

/// <summary>How the lines of a dev session look; this one has no colours.</summary>
public class LineStyle
{
    public static LineStyle Plain { get; } = new();

    public virtual string Log(LogEntry entry) => LogLine.Of(entry);

    public virtual string Problem(BuildError problem) => TerminalText.Neutralise(problem.ToDiagnostic().ToString());
}
