using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Output;

namespace Omniview.Plugin.Core.Tests.Go;

/// <summary>What the parser makes of lines of a build that failed.</summary>
internal static class ParsedGoOutput
{
    public static readonly string Folder = Path.GetFullPath("/home/dev/plugin");

    public static Diagnostic Problem(string message) => Diagnostic.Error(DiagnosticCodes.GoProblem, message);

    public static IReadOnlyList<Diagnostic> Parse(params string[] lines)
    {
        var parser = new GoOutputParser(Folder);
        Array.ForEach(lines, parser.Add);
        return parser.Finish(1);
    }
}
