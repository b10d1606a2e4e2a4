using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Modules;
using Omniview.Plugin.Core.Go.Toolchain;

namespace Omniview.Plugin.Core.Go.Output;

/// <summary>
/// Turns what the go command prints into diagnostics, whichever form it prints it in: every problem once, with the
/// kind's code and as good a place as can be had, and one GO0002 for all that is not understood of a failed run, so
/// that nothing is lost. Lines are fed one at a time, in their order. Memory is bounded whatever comes.
/// </summary>
/// <param name="directory">Absolute path of the folder <c>go</c> ran in: what its relative paths are relative
/// to.</param>
/// <param name="command">The command it was.</param>
/// <param name="workspace">Says which go.work was in force, when there is something to tell; the nearest one when
/// null.</param>
internal sealed class GoOutputParser(
    string directory, GoCommand command = GoCommand.Build, Func<GoWorkspace>? workspace = null)
{
    private const int ShownLines = 20;
    private const int MaxRuns = 1000;
    private const int MaxOwners = 100;

    private readonly GoOutputReader _reader = new();
    private readonly GoPaths _paths = new(directory, workspace ?? (() => GoWorkspace.Nearest(directory)));
    private readonly GoProblemList _found = new();
    private readonly Dictionary<string, GoUnknownLines> _rest = new(StringComparer.Ordinal); // by whose events they are
    private readonly GoUnknownLines _noise = new(ShownLines);
    private readonly Dictionary<GoLineSource, GoTextReader> _texts = [];
    private readonly Dictionary<string, GoTestRun> _runs = new(StringComparer.Ordinal);
    private readonly GoTextBudget _budget = new();

    /// <summary>
    /// The packages the compiler refused, by import path; for tests outside their package, the one they test. Known
    /// when the run has finished.
    /// </summary>
    public IReadOnlyCollection<string> RefusedPackages =>
        [.. _found.RefusedPackages.Select(_paths.TestedPackage).Distinct(StringComparer.Ordinal)];

    /// <summary>Takes a line as go wrote it: text, or an event of its <c>-json</c>.</summary>
    public void Add(string line)
    {
        foreach (var one in _reader.Read(line))
        {
            Add(one);
        }
    }

    /// <summary>Takes a line that a <see cref="GoOutputReader"/> has read.</summary>
    public void Add(GoLine line)
    {
        if (line.Source == GoLineSource.BuildFail)
        {
            _found.Fail(line.Package!);
            return;
        }

        if (line.Source is GoLineSource.TestEvent or GoLineSource.TestEnd)
        {
            AddTestEvent(line);
            return;
        }

        if (!_texts.TryGetValue(line.Source, out var text))
        {
            _texts[line.Source] = text = new GoTextReader(command, _paths, this);
        }

        text.Add(line);
    }

    /// <summary>What was wrong: at least one error if the run failed, none if it did not.</summary>
    public IReadOnlyList<Diagnostic> Finish(int exitCode)
    {
        foreach (var text in _texts.Values)
        {
            text.Close();
        }

        foreach (var (package, run) in _runs)
        {
            Found(run.Close(package, hasFailed: null));
        }

        _runs.Clear();
        _found.Decide();
        if (exitCode == 0)
        {
            // What the compiler says of a good build, e.g. for -gcflags=-m, is for information.
            return
            [
                .. _found
                    .ToDiagnostics()
                    .Select(one =>
                        one.Severity == DiagnosticSeverity.Error
                            ? one with
                            {
                                Severity = DiagnosticSeverity.Message,
                            }
                            : one),
            ];
        }

        var rest = new GoUnknownLines(ShownLines);
        foreach (var (_, lines) in _rest.Where(one => !_found.IsOfNoFailure(one.Key)))
        {
            rest.Add(lines);
        }

        var isExplained = rest.Count == 0 && (_found.HasErrors || (command == GoCommand.Vet && _found.HasAny));
        return
        [
            .. _found.ToDiagnostics(),
            .. isExplained
                ? []
                : new[] { Diagnostic.Error(GoProblemKind.Unknown.Code, Unplaced(rest, exitCode)) },
        ];
    }

    /// <param name="problems">What was told.</param>
    /// <param name="package">The package whose events told it; null for text.</param>
    internal void Found(IEnumerable<GoProblem> problems, string? package = null)
    {
        foreach (var problem in problems)
        {
            if (problem.Kind == GoProblemKind.Unknown)
            {
                Unknown(problem.Message, package);
            }
            else
            {
                _found.Add(problem, package);
            }
        }
    }

    internal void Unknown(string text, string? package)
    {
        var owner = package is null || (_rest.Count >= MaxOwners && !_rest.ContainsKey(package)) ? "" : package;
        if (!_rest.TryGetValue(owner, out var lines))
        {
            _rest[owner] = lines = new GoUnknownLines(ShownLines);
        }

        lines.Add(text);
    }

    internal void Noise(string text) => _noise.Add(text);

    private void AddTestEvent(GoLine line)
    {
        var package = line.Package!;
        if (!_runs.TryGetValue(package, out var run))
        {
            if (line.Source == GoLineSource.TestEnd || _runs.Count >= MaxRuns)
            {
                return;
            }

            _runs[package] = run = new GoTestRun(_paths, _budget);
        }

        if (line.Source == GoLineSource.TestEvent)
        {
            if (line.Test is not null || GoTestRun.End(line.Text) is not { } end) // tests may print such lines too
            {
                run.Add(line);
                return;
            }

            Found(run.Close(package, end.HasFailed, end.WasBuilt));
        }
        else
        {
            Found(run.Close(package, hasFailed: null));
        }

        _runs.Remove(package);
    }

    private string Unplaced(GoUnknownLines rest, int exitCode)
    {
        var lines = rest.Count > 0 ? rest : _noise;
        return lines.Count == 0
            ? $"go {command.ToString().ToLowerInvariant()} ended with exit code {exitCode} and said nothing"
            : lines.ToString();
    }
}
