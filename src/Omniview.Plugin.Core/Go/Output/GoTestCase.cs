using System.Text.RegularExpressions;

namespace Omniview.Plugin.Core.Go.Output;

/// <summary>One test: how it ended and what it said.</summary>
internal sealed partial class GoTestCase(string name, GoTextBudget budget)
{
    private const int MaxMessages = 100;
    private const int KeptLines = 30;

    private readonly List<(string File, int Line, bool IsMarked, GoProblem Problem)> _messages = [];
    private readonly List<string> _said = [];
    private int _indent;
    private int _kept;
    private bool _isContinuing;

    public string Name { get; } = name;

    /// <summary>FAIL, PASS or SKIP; null while it runs.</summary>
    public string? Result { get; private set; }

    /// <summary>Whether it ended by a panic, which is told on its own.</summary>
    public bool HasTrace { get; set; }

    /// <summary>
    /// Whether go test said which lines are errors (-json since Go 1.26): then the others are only logs.
    /// </summary>
    public bool HasMarks { get; private set; }

    public bool IsBelow(GoTestCase parent) => Name.StartsWith(parent.Name + "/", StringComparison.Ordinal);

    public bool HasMessages(bool isMarked) => _messages.Exists(one => one.IsMarked || !isMarked);

    public void End(string result)
    {
        Result = result;
        if (result is "PASS" or "SKIP")
        {
            Forget();
        }
    }

    /// <summary>Drops what it said.</summary>
    public void Forget()
    {
        _messages.Clear();
        _said.Clear();
        _isContinuing = false;
        budget.Return(_kept);
        _kept = 0;
    }

    public void Add(string text, string? type)
    {
        HasMarks |= type is "error" or "error-continue";
        if (!budget.Take(text.Length))
        {
            return;
        }

        _kept += text.Length;
        if (_said.Count < KeptLines && text.Length > 0)
        {
            _said.Add(text.StartsWith("    ", StringComparison.Ordinal) ? text[4..] : text);
        }

        var indent = text.Length - text.AsSpan().TrimStart().Length;
        if (indent >= 4 && !(_isContinuing && indent > _indent) && Message().Match(text) is { Success: true } match)
        {
            _indent = indent;
            _isContinuing = _messages.Count < MaxMessages;
            if (_isContinuing)
            {
                _messages.Add(
                    (
                        match.Groups["file"].Value,
                        GoPosition.Number(match.Groups["line"]),
                        type == "error",
                        new GoProblem(
                            GoProblemKind.TestFailed,
                            match.Groups["text"].Length > 0 ? $"{Name}: {match.Groups["text"].Value}" : $"{Name} failed"
                        )));
            }
        }
        else if (_isContinuing && (indent > _indent || text.Length == 0))
        {
            _messages[^1].Problem.Append(text.Length > _indent + 4 ? text[(_indent + 4)..] : text.TrimStart());
        }
        else
        {
            _isContinuing = false;
        }
    }

    public IEnumerable<GoProblem> Problems(string? package, bool isMarked, GoPaths paths)
    {
        HasTrace |=
            _messages.RemoveAll(one =>
                one.Problem.Message.EndsWith(": race detected during execution of test", StringComparison.Ordinal)
            ) > 0;
        var messages = _messages.Where(one => one.IsMarked || !isMarked).ToList();
        foreach (var (file, line, _, problem) in messages)
        {
            yield return problem.At(File(file, package, paths), line);
        }

        if (messages.Count > 0 || HasTrace || _messages.Count > 0 && !isMarked)
        {
            yield break;
        }

        var whole = new GoProblem(GoProblemKind.TestFailed, $"{Name} failed");
        _said.ForEach(whole.Append);
        yield return Place(whole, package, paths);
    }

    /// <summary>Puts a problem where the test's function is.</summary>
    public GoProblem Place(GoProblem problem, string? package, GoPaths paths)
    {
        var pattern = new Regex(
            $@"^func (?<at>{Regex.Escape(Name.Split('/')[0])})\(",
            RegexOptions.CultureInvariant,
            TimeSpan.FromSeconds(1));
        var sources = new GoSources();
        var place = GoPaths.GoFiles(package is null ? null : paths.PackageFolder(package))
            .Where(file => file.EndsWith("_test.go", StringComparison.Ordinal))
            .Select(file => (File: file, Place: sources.Find(file, pattern)))
            .FirstOrDefault(found => found.Place.Line > 0);
        return place.File is null ? problem : problem.At(place.File, place.Place.Line, place.Place.Column);
    }

    /// <summary>Tests name their files without a folder (unless go test -fullpath is given).</summary>
    private static string? File(string printed, string? package, GoPaths paths) =>
        package is not null && !Path.IsPathRooted(printed) && paths.PackageFolder(package) is { } folder
            ? Path.GetFullPath(printed, folder)
            : paths.Resolve(printed, package);

    [GeneratedRegex(
        @"^\s+(?<file>(?:[A-Za-z]:(?=[\\/]))?[^\s:][^:]*\.go):(?<line>[0-9]+): ?(?<text>.*)$",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Message();
}
