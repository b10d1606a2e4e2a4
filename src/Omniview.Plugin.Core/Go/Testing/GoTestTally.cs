using System.Text;
using Omniview.Plugin.Core.Go.Output;
using Omniview.Plugin.Core.Testing;

namespace Omniview.Plugin.Core.Go.Testing;

/// <summary>Lists the tests of a <c>go test -json</c> run by how they ended.</summary>
/// <param name="keepOutput">Whether what a test printed that did not pass is kept, up to 64 K.</param>
internal sealed class GoTestTally(bool keepOutput)
{
    private const int KeptCharacters = 64 * 1024;

    private static readonly string[] Ends = ["run", "pass", "fail", "skip"];

    // Of the packages still under test: parents may end before or after their subtests, depending on the version of Go.
    private readonly Dictionary<string, Dictionary<string, Running>> _running = new(StringComparer.Ordinal);
    private readonly List<TestOutcome> _tests = [];

    public IReadOnlyList<TestOutcome> Tests => _tests;

    /// <summary>Takes a line as go wrote it.</summary>
    public void Add(string raw)
    {
        // In the text of an event these quotes would be escaped; most events are prints, and need no second look.
        if (
            !raw.StartsWith('{')
            || !(
                Ends.Any(end => raw.Contains($"\"Action\":\"{end}\"", StringComparison.Ordinal))
                || (keepOutput && raw.Contains("\"Action\":\"output\"", StringComparison.Ordinal)))
            || GoEvent.Read(raw) is not { } read)
        {
            return;
        }

        if (read.Test is { } test)
        {
            Tell(Case(read.Package, test), read);
        }
        else if (Ends.Contains(read.Action))
        {
            Count(read.Package, read.Action == "pass");
        }
    }

    /// <summary>Counts the packages whose end was never told.</summary>
    public void Close()
    {
        foreach (var package in _running.Keys.ToList())
        {
            Count(package, hasPassed: false);
        }
    }

    private static void Tell(Running test, GoEvent read)
    {
        if (Ends.Contains(read.Action))
        {
            (test.End, test.Seconds) = (read.Action, read.Elapsed);
            if (read.Action == "pass")
            {
                test.Output.Clear();
            }
        }
        else if (read.Action == "output" && test.Output.Length < KeptCharacters
            && !read.Output.StartsWith("=== ", StringComparison.Ordinal))
        {
            test.Output.Append(read.Output);
        }
    }

    private Running Case(string package, string test)
    {
        if (!_running.TryGetValue(package, out var tests))
        {
            _running[package] = tests = new Dictionary<string, Running>(StringComparer.Ordinal);
        }

        return tests.TryGetValue(test, out var known) ? known : tests[test] = new Running();
    }

    private void Count(string package, bool hasPassed)
    {
        if (!_running.Remove(package, out var tests))
        {
            return;
        }

        HashSet<string> parents = new(StringComparer.Ordinal), blamed = new(StringComparer.Ordinal);
        foreach (var (test, told) in tests)
        {
            if (!hasPassed && told.End == "run")
            {
                told.End = "fail"; // it ended the process, and with it its own end was never told
            }

            for (var slash = test.LastIndexOf('/'); slash > 0; slash = test.LastIndexOf('/', slash - 1))
            {
                parents.Add(test[..slash]);
                if (told.End == "fail")
                {
                    blamed.Add(test[..slash]);
                }
            }
        }

        foreach (
            var (test, told) in tests.Where(one =>
                !parents.Contains(one.Key) || (one.Value.End == "fail" && !blamed.Contains(one.Key))))
        {
            if (told.End is "pass" or "fail" or "skip")
            {
                var result = told.End switch
                {
                    "pass" => TestStatus.Passed,
                    "fail" => TestStatus.Failed,
                    _ => TestStatus.Skipped,
                };
                _tests.Add(
                    new TestOutcome(
                        package, test, result, TimeSpan.FromSeconds(told.Seconds), told.Output.ToString().TrimEnd()));
            }
        }
    }

    private sealed class Running
    {
        public string End { get; set; } = "run";

        public double Seconds { get; set; }

        public StringBuilder Output { get; } = new();
    }
}
