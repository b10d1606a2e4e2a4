using System.Text.RegularExpressions;

namespace Omniview.Plugin.Core.Go;

/// <summary>
/// What the tests of one package print, in any of the forms of go test: by default, -v and -json. Each message of a failed
/// test is a problem; a test that failed without a message is one, and so is a panic. What passing tests print is none.
/// </summary>
internal sealed partial class GoTestRun(GoPaths paths)
{
    private const int MaxTests = 10_000;
    private const int KeptLines = 30;

    private readonly Dictionary<string, GoTestCase> _tests = new(StringComparer.Ordinal);
    private readonly Queue<string> _tail = new();
    private readonly List<GoProblem> _traces = [];
    private GoStackTrace? _trace;
    private string? _current;
    private bool _hasEnded;

    /// <summary>Whether a line can only come from go test, whatever came before it.</summary>
    public static bool Opens(string text) => Result().IsMatch(text) || Running().IsMatch(text) || PackageEnd().IsMatch(text);

    /// <summary>The package of a line that ends the tests of one; null for other lines. For <c>FAIL</c>, what it says in brackets too.</summary>
    public static (string Package, bool HasFailed, bool WasBuilt)? End(string text) => PackageEnd().Match(text) is { Success: true } match
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

            EndTrace();
        }

        if (Result().Match(text) is { Success: true } result)
        {
            (_current, _hasEnded) = (result.Groups["name"].Value, true);
            if (Case(_current) is { } told)
            {
                told.Result = result.Groups["result"].Value;
            }
        }
        else if (Running().Match(text) is { Success: true } running)
        {
            (_current, _hasEnded) = (running.Groups["name"].Value, false);
        }
        else if (GoStackTrace.Opens(text))
        {
            var test = line.Test ?? _current;
            _trace = new GoStackTrace(text, test, paths);
            if (test is not null && Case(test) is { } broken)
            {
                broken.HasTrace = true;
            }
        }
        else if (!Frame().IsMatch(text))
        {
            Keep(text);
            if (line.Test is null && _hasEnded && text.Length > 0 && !char.IsWhiteSpace(text[0]) && _current?.StartsWith("Example", StringComparison.Ordinal) == false)
            {
                _current = null; // without -v, below the result of a test come its indented messages, and then prints of the next
            }

            if ((line.Test ?? _current) is { } name)
            {
                Case(name)?.Add(text, line.OutputType);
            }
        }
    }

    /// <summary>What went wrong in a package whose tests have ended.</summary>
    /// <param name="package">Its import path; null when it was never told.</param>
    /// <param name="hasFailed">Whether go said that they failed.</param>
    public IEnumerable<GoProblem> Close(string? package, bool hasFailed)
    {
        EndTrace();
        var failed = _tests.Values.Where(test => test.Result == "FAIL").ToList();
        var isMarked = _tests.Values.Any(test => test.HasMarks);
        var problems = failed
            .Where(test => !failed.Exists(child => child.Name.StartsWith(test.Name + "/", StringComparison.Ordinal)) || test.HasMessages(isMarked))
            .SelectMany(test => test.Problems(package, isMarked, paths))
            .Concat(_traces)
            .ToList();
        if (problems.Count > 0 || !hasFailed)
        {
            return problems;
        }

        var whole = new GoProblem(GoProblemKind.TestsEnded, $"The tests of {package ?? "the package"} failed");
        foreach (var line in _tail)
        {
            whole.Append(line);
        }

        return [whole];
    }

    private GoTestCase? Case(string name)
    {
        if (_tests.TryGetValue(name, out var test) || _tests.Count >= MaxTests)
        {
            return test;
        }

        return _tests[name] = new GoTestCase(name);
    }

    private void Keep(string text)
    {
        if (text.Length > 0)
        {
            _tail.Enqueue(text);
            if (_tail.Count > KeptLines)
            {
                _tail.Dequeue();
            }
        }
    }

    private void EndTrace()
    {
        if (_trace is not null && _traces.Count < GoProblemList.Shown)
        {
            _traces.AddRange(_trace.Close());
        }

        _trace = null;
    }

    [GeneratedRegex(@"^\s*--- (?<result>FAIL|PASS|SKIP|BENCH): (?<name>\S+)", RegexOptions.CultureInvariant)]
    private static partial Regex Result();

    [GeneratedRegex(@"^=== (?:RUN|NAME|CONT|PAUSE|ATTR) +(?<name>\S+)", RegexOptions.CultureInvariant)]
    private static partial Regex Running();

    [GeneratedRegex(@"^(?<result>FAIL|ok  |\?   )\t(?<package>\S+)(?:[\t ](?<built>\[(?:build|setup) failed\])?.*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex PackageEnd();

    [GeneratedRegex(@"^(?:FAIL|PASS|=+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Frame();
}
