using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Go.Output;

/// <summary>The problems of one run, each once, as many as a person can use; the rest is counted.</summary>
internal sealed class GoProblemList
{
    public const int Shown = 1000;

    private readonly List<GoProblem> _problems = [];
    private readonly HashSet<(string? File, int Line, int Column, string Message)> _seen = [];
    private int _more;
    private DiagnosticSeverity _worst;

    public bool HasErrors =>
        _worst == DiagnosticSeverity.Error || _problems.Exists(problem => problem.Severity == DiagnosticSeverity.Error);

    public IReadOnlyList<GoProblem> Problems => _problems;

    public void Add(GoProblem problem)
    {
        var key = (problem.File, problem.Line, problem.Column, problem.Message);
        if (_seen.Contains(key))
        {
            return;
        }

        if (_problems.Count < Shown)
        {
            _seen.Add(key);
            _problems.Add(problem);
            return;
        }

        _more++;
        _worst = problem.Severity > _worst ? problem.Severity : _worst;
    }

    /// <summary>
    /// In the order of files and lines, those without a place last: compilers run at the same time, so go's order means
    /// nothing.
    /// </summary>
    public IReadOnlyList<Diagnostic> ToDiagnostics()
    {
        var sources = new GoSources();
        var all = Sorted(_problems.OrderBy(
            problem => problem.File, StringComparer.Ordinal).Select(problem => problem.ToDiagnostic(sources)));
        return _more == 0
            ? all
            : [.. all, new Diagnostic(GoProblemKind.More.Code, _worst, $"and {_more} more: see the output of go.")];
    }

    internal static IReadOnlyList<Diagnostic> Sorted(IEnumerable<Diagnostic> diagnostics) =>
        [.. diagnostics.Distinct()
            .OrderBy(one => one.File is null)
            .ThenBy(one => one.File, StringComparer.Ordinal)
            .ThenBy(one => one.Line)
            .ThenBy(one => one.Column)];
}
