using System.Globalization;
using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Go;

/// <summary>
/// Turns what the go command prints into diagnostics: GO0001 where a line has a position, a code of ours for a known
/// failure of the whole build, and one GO0002 for all the rest of a failed build, so that nothing is lost.
/// Lines are fed one at a time, in their order.
/// </summary>
/// <param name="directory">Absolute path of the folder <c>go</c> ran in: what its relative paths are relative to.</param>
public sealed partial class GoOutputParser(string directory)
{
    private const int ShownLines = 20;

    private readonly List<Diagnostic> _found = [];
    private readonly List<string> _rest = [];
    private readonly List<string> _noise = [];
    private string? _package; // of the last `# import/path` line, until it is told
    private bool _lastWasFound;

    public void Add(string line)
    {
        var text = Unprintable().Replace(line, "").TrimEnd();
        if (text.Length == 0)
        {
            return;
        }

        if (char.IsWhiteSpace(text[0]))
        {
            Continue(text);
        }
        else if (Noise().IsMatch(text))
        {
            _package = text.StartsWith("# ", StringComparison.Ordinal) ? text[2..] : _package;
            _noise.Add(text);
            _lastWasFound = false;
        }
        else if ((GoKnownFailure.Read(text, directory) ?? Positioned(text)) is { } diagnostic)
        {
            _found.Add(diagnostic);
            _lastWasFound = true;
        }
        else
        {
            _rest.Add(_package is null ? text : $"{_package}: {text}");
            _package = null;
            _lastWasFound = false;
        }
    }

    /// <summary>What was wrong: at least one error if the build failed, none if it did not.</summary>
    public IReadOnlyList<Diagnostic> Finish(int exitCode)
    {
        if (exitCode == 0)
        {
            // What the compiler says of a good build, e.g. for -gcflags=-m, is for information.
            return [.. _found.Select(one => one.Severity == DiagnosticSeverity.Error ? one with { Severity = DiagnosticSeverity.Message } : one).Distinct()];
        }

        var isExplained = _rest.Count == 0 && _found.Exists(one => one.Severity == DiagnosticSeverity.Error);
        return [.. _found.Distinct(), .. isExplained ? [] : new[] { Diagnostic.Error(DiagnosticCodes.GoFailed, Unplaced(exitCode)) }];
    }

    private void Continue(string text)
    {
        if (_lastWasFound)
        {
            _found[^1] = _found[^1] with { Message = $"{_found[^1].Message}\n{text}" };
        }
        else
        {
            _rest.Add(text);
        }
    }

    private Diagnostic? Positioned(string text)
    {
        var match = Position().Match(text);
        if (!match.Success || Resolve(match.Groups["file"].Value) is not { } file)
        {
            return null;
        }

        var message = match.Groups["text"].Value;
        return new Diagnostic(
            DiagnosticCodes.GoProblem,
            message.StartsWith("warning: ", StringComparison.Ordinal) ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error,
            message).At(file, Number(match.Groups["line"]), Number(match.Groups["column"]));
    }

    private string Unplaced(int exitCode)
    {
        var lines = _rest.Count > 0 ? _rest : _noise;
        var shown = string.Join('\n', lines.Take(ShownLines));
        return lines.Count switch
        {
            0 => $"go build ended with exit code {exitCode} and said nothing",
            > ShownLines => $"{shown}\n… and {lines.Count - ShownLines} more lines, see the output of go build",
            _ => shown,
        };
    }

    /// <summary>Absolute path of a file as Go named it; null if it is no file name but text that ends like one.</summary>
    private string? Resolve(string path)
    {
        if (WindowsRooted().IsMatch(path) || Path.IsPathRooted(path))
        {
            return path;
        }

        // Only Go on Windows prints backslashes; Windows itself takes either.
        var full = Path.GetFullPath(path.Replace('\\', '/'), directory);
        var isText = path.AsSpan().ContainsAny('"', '\t')
            || path.Contains(": ", StringComparison.Ordinal)
            || (path.Contains(' ', StringComparison.Ordinal) && !File.Exists(full) && !IsInFolder(path, full));
        return isText ? null : full;
    }

    /// <summary>Whether a file that is not there (any more) could be: <c>pkg/my file.go</c> could, <c>2026/11/20 10:00:00 x.go</c> and <c>open x.go</c> could not.</summary>
    private static bool IsInFolder(string path, string full) =>
        path.AsSpan().ContainsAny('/', '\\') && Directory.Exists(Path.GetDirectoryName(full));

    private static int Number(Group digits) => int.TryParse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    // The file name ends at the first of these extensions that a line number follows: names may hold spaces and colons, and
    // messages may hold positions. Besides Go's own, cgo's and those of //line directives that generators write.
    [GeneratedRegex(@"^(?:vet: )?(?<file>.*?\.(?:go|mod|work|sum|[sSchmy]|sx|cc|cpp|cxx|hh|hpp|hxx|mm|[fF]|for|f90|rl|swig|swigcxx)):(?<line>[0-9]+)(?::(?<column>[0-9]+))?: (?<text>.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Position();

    // Headers, progress, the names of -v, and lines that only repeat that something above them failed.
    [GeneratedRegex(@"^(?:# |go: (?:downloading|finding|extracting|found) |go: errors parsing .*:$|exit status [0-9]+$|note: module requires Go |WORK=|asm: assembly of .* failed$|compilation terminated\.$|[^\s:]+$)|(?:^|: )too many errors$", RegexOptions.CultureInvariant)]
    private static partial Regex Noise();

    [GeneratedRegex(@"^(?:[A-Za-z]:[\\/]|\\\\)", RegexOptions.CultureInvariant)]
    private static partial Regex WindowsRooted();

    [GeneratedRegex(@"\x1B(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1B]*(?:\x07|\x1B\\))|\x00", RegexOptions.CultureInvariant)]
    private static partial Regex Unprintable();
}
