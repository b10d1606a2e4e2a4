namespace Omniview.Plugin.Core.Go;

/// <summary>Counts the tests of a <c>go test -json</c> run by how they ended.</summary>
internal sealed class GoTestTally
{
    // Of the packages still under test: parents may end before or after their subtests, depending on the version of Go.
    private readonly Dictionary<string, Dictionary<string, string>> _running = new(StringComparer.Ordinal);

    public int Passed { get; private set; }

    public int Failed { get; private set; }

    public int Skipped { get; private set; }

    /// <summary>Takes a line as go wrote it.</summary>
    public void Add(string raw)
    {
        // In the text of an event these quotes would be escaped; most events are prints, and need no second look.
        if (!raw.StartsWith('{')
            || !(raw.Contains("\"Action\":\"run\"", StringComparison.Ordinal) || raw.Contains("\"Action\":\"pass\"", StringComparison.Ordinal) || raw.Contains("\"Action\":\"fail\"", StringComparison.Ordinal) || raw.Contains("\"Action\":\"skip\"", StringComparison.Ordinal))
            || GoEvent.Read(raw) is not { Action: "run" or "pass" or "fail" or "skip" } read)
        {
            return;
        }

        if (read.Test is null)
        {
            Count(read.Package, read.Action == "pass");
            return;
        }

        if (!_running.TryGetValue(read.Package, out var ends))
        {
            _running[read.Package] = ends = new Dictionary<string, string>(StringComparer.Ordinal);
        }

        ends[read.Test] = read.Action;
    }

    /// <summary>Counts the packages whose end was never told.</summary>
    public void Close()
    {
        foreach (var package in _running.Keys.ToList())
        {
            Count(package, hasPassed: false);
        }
    }

    private void Count(string package, bool hasPassed)
    {
        if (!_running.Remove(package, out var ends))
        {
            return;
        }

        HashSet<string> parents = new(StringComparer.Ordinal), blamed = new(StringComparer.Ordinal);
        if (!hasPassed)
        {
            foreach (var test in ends.Where(one => one.Value == "run").Select(one => one.Key).ToList())
            {
                ends[test] = "fail"; // it ended the process, and with it its own end was never told
            }
        }

        foreach (var (test, end) in ends)
        {
            for (var slash = test.LastIndexOf('/'); slash > 0; slash = test.LastIndexOf('/', slash - 1))
            {
                parents.Add(test[..slash]);
                if (end == "fail")
                {
                    blamed.Add(test[..slash]);
                }
            }
        }

        var counted = ends.Where(one => !parents.Contains(one.Key) || (one.Value == "fail" && !blamed.Contains(one.Key))).ToLookup(one => one.Value);
        Passed += counted["pass"].Count();
        Failed += counted["fail"].Count();
        Skipped += counted["skip"].Count();
    }
}
