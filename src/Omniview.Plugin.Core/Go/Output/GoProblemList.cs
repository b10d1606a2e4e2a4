using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Go.Output;

/// <summary>
/// The problems of one run, each once, as many as a person can use; the rest is counted. Which packages have failed is
/// told after what is wrong with them, and what is told of the others is no error: the notes that a compiler was asked
/// for.
/// </summary>
internal sealed class GoProblemList
{
    public const int Shown = 1000;
    private const int MaxPackages = 1000;

    private readonly GoTold _told = new(Shown);
    private readonly List<GoProblem> _problems = [];
    private readonly HashSet<(string? File, int Line, int Column, string Message)> _seen = [];
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);
    private int _errors;
    private int _more;
    private DiagnosticSeverity _worst;

    public bool HasErrors => _worst == DiagnosticSeverity.Error || _errors > 0;

    public bool HasAny => _problems.Count > 0;

    /// <summary>The packages the compiler refused, as headers name them.</summary>
    public IReadOnlyCollection<string> RefusedPackages => _refused;

    /// <param name="problem">What was told.</param>
    /// <param name="package">The package whose events told it; null or empty when it was text.</param>
    public void Add(GoProblem problem, string? package = null)
    {
        if (package is not { Length: > 0 } || _failed.Contains(package))
        {
            Keep(problem);
        }
        else
        {
            _told.Add(package, problem);
        }
    }

    /// <summary>The build of a package has failed.</summary>
    public void Fail(string package)
    {
        if (_failed.Count >= MaxPackages || !_failed.Add(package))
        {
            return;
        }

        var (problems, more) = _told.Take(package);
        problems.ForEach(Keep);
        Count(DiagnosticSeverity.Error, more);
    }

    /// <summary>Whether a package is known to have built well, so that it only told notes.</summary>
    public bool IsOfNoFailure(string package) =>
        package.Length > 0 && _failed.Count is > 0 and < MaxPackages && !_failed.Contains(package);

    /// <summary>The run is over: what is still undecided becomes what it is.</summary>
    public void Decide()
    {
        var areNotes = _failed.Count > 0;
        var forgotten = _told.Forgotten;
        foreach (var (problems, more) in _told.Packages.Select(_told.Take))
        {
            forgotten += more;
            foreach (var problem in problems)
            {
                if (areNotes && problem.Severity == DiagnosticSeverity.Error)
                {
                    problem.Severity = DiagnosticSeverity.Message;
                }

                Keep(problem);
            }
        }

        Count(areNotes ? DiagnosticSeverity.Message : DiagnosticSeverity.Error, forgotten);
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

    private void Keep(GoProblem problem)
    {
        var key = (problem.File, problem.Line, problem.Column, problem.Message);
        if (_seen.Contains(key))
        {
            return;
        }

        var isError = problem.Severity == DiagnosticSeverity.Error;
        if (problem is { Package: { } package } && _refused.Count < MaxPackages
            && (isError ? problem.Kind == GoProblemKind.Compiler || problem.Kind == GoProblemKind.Syntax
                : problem.Kind == GoProblemKind.More))
        {
            _refused.Add(package);
        }

        if (_problems.Count >= Shown)
        {
            // errors first
            var other = isError && _errors < Shown
                ? _problems.FindLastIndex(one => one.Severity != DiagnosticSeverity.Error)
                : -1;
            Count(other < 0 ? problem.Severity : _problems[other].Severity, 1);
            if (other < 0)
            {
                return;
            }

            _problems.RemoveAt(other);
        }

        _seen.Add(key);
        _problems.Add(problem);
        _errors += isError ? 1 : 0;
    }

    private void Count(DiagnosticSeverity severity, int count)
    {
        if (count == 0)
        {
            return;
        }

        _more += count;
        _worst = severity > _worst ? severity : _worst;
    }
}
