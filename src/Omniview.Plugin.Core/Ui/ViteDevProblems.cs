using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Ui;

/// <summary>
/// The problems of a UI that is being served, read from what Vite prints: a file that can't be served has one until Vite says
/// something after the file was saved again, a broken configuration until Vite has restarted with it.
/// </summary>
/// <param name="uiDirectory">Absolute path of the UI folder.</param>
public sealed partial class ViteDevProblems(string uiDirectory)
{
    private const int LongestReport = 200;

    private readonly UiSources _sources = new(uiDirectory);
    private readonly Dictionary<string, DateTime> _seen = new(StringComparer.Ordinal);
    private List<Diagnostic> _current = [];
    private List<string>? _failure;
    private List<string>? _restart;

    /// <summary>In the order in which they came up.</summary>
    public IReadOnlyList<Diagnostic> Current => _current;

    /// <summary>Takes the next line Vite printed, without colours; true when that changes <see cref="Current"/>.</summary>
    public bool Add(string line)
    {
        var before = _current;
        if (Entry().Match(line) is { Success: true } entry)
        {
            CloseFailure();
            Forget(one => one.File is { } file && System.IO.File.GetLastWriteTimeUtc(file) != _seen.GetValueOrDefault(file));
            Read(entry.Groups["text"].Value);
        }
        else if (_restart is not null)
        {
            Keep(_restart, line);
        }
        else if (_failure is not null && (FilePosition().Match(line) is { Success: true } || StackFrame().IsMatch(line)))
        {
            Keep(_failure, line.Trim().Replace("File: ", "file: ", StringComparison.Ordinal)); // as a failed build says it
            CloseFailure();
        }
        else if (_failure is not null)
        {
            Keep(_failure, line);
        }

        return !ReferenceEquals(before, _current) && !before.SequenceEqual(_current);
    }

    private void Read(string text)
    {
        if (Failure().Match(text) is { Success: true } failure)
        {
            _failure = [failure.Groups["text"].Value.Replace("Transform failed with", "Build failed with", StringComparison.Ordinal)];
        }
        else if (Updated().Match(text) is { Success: true } updated)
        {
            // A file that was missing is there now, or packages are. Not when it is the importer itself: this line comes over
            // another pipe than the errors, perhaps after the next of them.
            var files = updated.Groups["files"].Value.Split(", ").Select(File).ToHashSet();
            Forget(one => one.Code == DiagnosticCodes.ImportNotResolved && !files.Contains(one.File));
        }
        else if (text.EndsWith("restarting server...", StringComparison.Ordinal))
        {
            _restart = [];
        }
        else if (text == "server restarted.")
        {
            (_restart, _current) = (null, []);
        }
        else if (text == "server restart failed" && _restart is { } report)
        {
            _restart = null;
            Report(report.Where(line => !StackFrame().IsMatch(line)).ToList());
        }
        else if (_restart is not null)
        {
            Keep(_restart, text);
        }
    }

    private void CloseFailure()
    {
        if (_failure is { } failure)
        {
            _failure = null;
            Report(failure.Where(line => !StackFrame().IsMatch(line)).ToList());
        }
    }

    private void Report(List<string> report)
    {
        if (report.Count == 0)
        {
            return;
        }

        var found = ViteErrors.Find(report, report, uiDirectory);
        if (found.Count == 0)
        {
            found = [Diagnostic.Error(DiagnosticCodes.ViteBuildFailed, report[0])];
        }

        foreach (var file in found.Select(one => one.File).OfType<string>())
        {
            _seen[file] = System.IO.File.GetLastWriteTimeUtc(file);
        }

        _current = [.. _current.Where(one => !found.Contains(one)), .. found]; // a page asks for a broken file again and again
    }

    private void Forget(Predicate<Diagnostic> mended)
    {
        if (_current.Exists(mended))
        {
            _current = [.. _current.Where(one => !mended(one))];
        }
    }

    private string? File(string url) => _sources.File(url.StartsWith("/@fs/", StringComparison.Ordinal) ? url["/@fs".Length..] : url.TrimStart('/'));

    private static void Keep(List<string> lines, string line)
    {
        if (lines.Count < LongestReport)
        {
            lines.Add(line);
        }
    }

    /// <summary>What Vite says itself comes after the time and its name, since version 6 with the environment: vite, logger.ts.</summary>
    [GeneratedRegex(@"^.{0,24}?\[vite\] (?:\(\w+\) )?(?<text>.+)$")]
    private static partial Regex Entry();

    [GeneratedRegex(@"^(?:Internal server error|Pre-transform error): (?<text>.+)$")]
    private static partial Regex Failure();

    [GeneratedRegex(@"^(?:(?:hmr update|page reload) (?<files>.+?)(?: \(x\d+\))?|.*(?:optimized dependencies changed|new dependencies optimized|Re-optimizing dependencies).*)$")]
    private static partial Regex Updated();

    [GeneratedRegex(@"^  File: ")]
    private static partial Regex FilePosition();

    [GeneratedRegex(@"^ {4,}at ")]
    private static partial Regex StackFrame();
}
