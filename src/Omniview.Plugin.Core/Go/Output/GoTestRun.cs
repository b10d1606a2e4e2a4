using System.Text.RegularExpressions;

namespace Omniview.Plugin.Core.Go.Output;

/// <summary>
/// What the tests of one package print, in any of the forms of go test: by default, -v and -json. Each message of a
/// failed test is a problem; a test that failed without a message is one, and so is a panic. What passing tests print
/// is none.
/// </summary>
internal sealed partial class GoTestRun(GoPaths paths, GoTextBudget budget)
{
    private const int MaxTests = 10_000;
    private const int KeptLines = 30;
    private const int Step = 4; // what is of a test is indented by four below its result

    private readonly Dictionary<string, GoTestCase> _tests = new(StringComparer.Ordinal);
    private readonly Stack<(int Indent, string Test)> _results = new(); // those above a line of the default form
    private readonly Queue<string> _tail = new();
    private readonly List<(GoStackTrace Trace, string? Test)> _traces = [];
    private GoStackTrace? _trace;
    private string? _current; // the test that runs, as -v tells
    private bool _isUsage;

    /// <summary>Whether a line can only come from go test, whatever came before it.</summary>
    public static bool Opens(string text) =>
        Result().IsMatch(text) || Running().IsMatch(text) || PackageEnd().IsMatch(text);

    /// <summary>
    /// The package of a line that ends the tests of one; null for other lines. For <c>FAIL</c>, what it says in
    /// brackets too.
    /// </summary>
    public static (string Package, bool HasFailed, bool WasBuilt)? End(string text) =>
        PackageEnd().Match(text) is { Success: true } match
        ? (match.Groups["package"].Value, match.Groups["result"].ValueSpan is "FAIL", !match.Groups["built"].Success)
        : null;

    public void Add(GoLine line)
    {
        var text = line.Text;
        if (_trace is not null)
        {
            if (_trace.Take(text))
            {
                return;
            }

            _trace = null;
        }

        if (Result().Match(text) is { Success: true } result
            && (line.Test is null || line.Test == result.Groups["name"].Value))
        {
            End(result.Groups["name"].Value, result.Groups["result"].Value, result.Groups["indent"].Length);
        }
        else if (Running().Match(text) is { Success: true } running
            && (line.Test is null || line.Test == running.Groups["name"].Value))
        {
            _results.Clear();
            Case(_current = running.Groups["name"].Value);
        }
        else if (GoStackTrace.Opens(text))
        {
            Open(
                new GoStackTrace(text, paths),
                line.Test
                    ?? _current
                    ?? (
                        text.Contains(" [recovered", StringComparison.Ordinal) && _results.TryPeek(out var told)
                            ? told.Test
                            : null));
        }
        else if (!Frame().IsMatch(text))
        {
            Keep(text);
            if ((line.Test ?? _current ?? Above(text)) is { } name)
            {
                Case(name)?.Add(text, line.OutputType);
            }
        }
    }

    /// <summary>What went wrong in a package whose tests have ended.</summary>
    /// <param name="package">Its import path; null when it was never told.</param>
    /// <param name="hasFailed">Whether go said that they failed; null if nothing.</param>
    /// <param name="wasBuilt">Whether they ran at all.</param>
    public IReadOnlyList<GoProblem> Close(string? package, bool? hasFailed, bool wasBuilt = true)
    {
        // In a package that went well, what looks like a failure is a print.
        var problems = hasFailed == false ? [] : Problems(package, mustHaveSome: hasFailed == true && wasBuilt);
        foreach (var test in _tests.Values)
        {
            test.Forget();
        }

        return problems;
    }

    private List<GoProblem> Problems(string? package, bool mustHaveSome)
    {
        var failed = _tests.Values.Where(test => test.Result == "FAIL").ToList();
        var isMarked = _tests.Values.Any(test => test.HasMarks);
        var traces = Traces(failed);
        var problems = failed
            .Where(test => !failed.Exists(child => child.IsBelow(test)) || test.HasMessages(isMarked))
            .SelectMany(test => test.Problems(package, isMarked, paths))
            .Concat(traces)
            .ToList();
        return problems.Count > 0 || !mustHaveSome ? problems : [Whole(package)];
    }

    /// <summary>
    /// Panics by the tests they ended, except what a test that went well has printed; a race may be found after its
    /// end.
    /// </summary>
    private List<GoProblem> Traces(List<GoTestCase> failed)
    {
        List<GoProblem> problems = [];
        foreach (var (trace, name) in _traces)
        {
            var test = name is null ? null : Case(name);
            if (trace.IsOfTest && test is not null)
            {
                if (test.Result is "PASS" or "SKIP")
                {
                    continue;
                }

                // Go ends the tests from the inside out before it panics, so it says the outermost.
                var inner = failed.Where(child => child.IsBelow(test) && !child.HasMessages(false))
                    .OrderBy(child => child.Name.Length).LastOrDefault();
                (inner ?? test).HasTrace = true;
                trace.Name((inner ?? test).Name);
            }

            test?.HasTrace = true;

            problems.AddRange(trace.Close());
        }

        return problems;
    }

    private GoProblem Whole(string? package)
    {
        var open = _tests.Values.Where(test => test.Result is null).ToList();
        var last = open.Find(test => !open.Exists(child => child.IsBelow(test)));
        var whole = new GoProblem(
            GoProblemKind.TestsEnded, $"The tests of {package ?? "the package"} " +
                $"{(last is null ? "failed" : $"ended in {last.Name}")}");
        foreach (var line in _tail)
        {
            whole.Append(line);
        }

        return last?.Place(whole, package, paths) ?? whole;
    }

    private void End(string name, string result, int indent)
    {
        _current = null;
        while (_results.TryPeek(out var above) && above.Indent >= indent)
        {
            _results.Pop();
        }

        _results.Push((indent, name));
        if (Case(name) is { } told)
        {
            told.End(result);
        }
    }

    /// <summary>
    /// The test whose result is above a line of the default form: below it come its indented messages, and then prints
    /// of the next.
    /// </summary>
    private string? Above(string text)
    {
        var indent = text.Length == 0 ? int.MaxValue : text.Length - text.AsSpan().TrimStart().Length;
        while (_results.TryPeek(out var above) && !above.Test.StartsWith("Example", StringComparison.Ordinal)
            && above.Indent + Step > indent)
        {
            _results.Pop();
        }

        return _results.TryPeek(out var owner) ? owner.Test : null;
    }

    private void Open(GoStackTrace trace, string? test)
    {
        _trace = trace;
        if (_traces.Count < GoProblemList.Shown)
        {
            _traces.Add((trace, test));
        }
    }

    private GoTestCase? Case(string name)
    {
        if (_tests.TryGetValue(name, out var test) || _tests.Count >= MaxTests)
        {
            return test;
        }

        return _tests[name] = new GoTestCase(name, budget);
    }

    private void Keep(string text)
    {
        if (text.Length > 0 && !(_isUsage && char.IsWhiteSpace(text[0])))
        {
            _isUsage = text.StartsWith("Usage of ", StringComparison.Ordinal);
            _tail.Enqueue(text);
            if (_tail.Count > KeptLines)
            {
                _tail.Dequeue();
            }
        }
    }

    // With -cover, in front of the first line of a package may be the beginning of another's.
    [GeneratedRegex(
        @"^(?:\t\S+\t\t)?(?<indent>\s*)--- (?<result>FAIL|PASS|SKIP|BENCH): (?<name>\S+)", RegexOptions.CultureInvariant
    )]
    private static partial Regex Result();

    [GeneratedRegex(@"^=== (?:RUN|NAME|CONT|PAUSE|ATTR) +(?<name>\S+)", RegexOptions.CultureInvariant)]
    private static partial Regex Running();

    [GeneratedRegex(
        @"^(?<result>FAIL|ok  |\?   )\t(?<package>\S+)(?:[\t ](?<built>\[(?:build|setup) failed\])?.*)?$",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex PackageEnd();

    [GeneratedRegex(@"^(?:FAIL|PASS|=+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Frame();
}
