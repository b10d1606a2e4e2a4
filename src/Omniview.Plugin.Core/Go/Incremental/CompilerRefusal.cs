using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Output;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Go.Incremental;

/// <summary>What the compiler has against a package.</summary>
/// <param name="Problems">At least one error; all have a place.</param>
/// <param name="Lines">As go shows it.</param>
internal sealed record CompilerRefusal(IReadOnlyList<Diagnostic> Problems, List<OutputLine> Lines)
{
    private const int ShownErrors = 10; // as many as go shows of a package

    /// <summary>Null when that is not, or not all, about the sources.</summary>
    public static CompilerRefusal? Read(ToolStep step, IReadOnlyList<OutputLine> output, int exitCode)
    {
        var parser = new GoOutputParser(step.Directory);
        var header = "# " + step.Package;
        parser.Add(header);
        foreach (var one in output)
        {
            parser.Add(one.Text);
        }

        var problems = parser.Finish(exitCode);
        var shown = output.Select(one => AsGoShows(one.Text, step.Directory)).Prepend(header).Take(ShownErrors + 1);
        return problems.All(problem => problem is { Line: > 0, Severity: DiagnosticSeverity.Error })
            ? new CompilerRefusal(
                problems,
                [.. shown.Select(text => new OutputLine(text, IsError: true))])
            : null;
    }

    /// <summary>Go shortens the path (cmd/go/internal/base, ShortPath); and the name was asked for by us.</summary>
    private static string AsGoShows(string text, string directory)
    {
        var said = GoNameTag.Split(text).Text;
        var path = said.StartsWith(directory + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? said[(directory.Length + 1)..]
            : said;
        return path == said || path.Split(':')[0].Contains(Path.DirectorySeparatorChar)
            ? path
            : $".{Path.DirectorySeparatorChar}{path}";
    }
}
