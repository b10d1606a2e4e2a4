using System.Buffers;
using Omniview.Plugin.Core.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Omniview.Plugin.Core.Manifest;

/// <summary>
/// YamlDotNet's parser with its exceptions turned into diagnostics at the place an author has to look at.
/// </summary>
internal sealed class YamlEvents(ManifestText source)
{
    private static readonly SearchValues<char> _separators = SearchValues.Create(" \t\r\n:,-?");

    private readonly Parser _parser = new(new StringReader(source.Text));

    /// <summary>The next event, or null after the last.</summary>
    /// <exception cref="DiagnosticException">What follows is not YAML.</exception>
    public ParsingEvent? Next()
    {
        try
        {
            return _parser.MoveNext() ? _parser.Current : null;
        }
        catch (YamlException e)
        {
            throw Failure(e);
        }
        catch (ArgumentException e) // let out by YamlDotNet 16.3 for an empty tag and for an escape above U+10FFFF
        {
            throw FailureAfterLast("The tag or escape sequence here can't be read. Correct or remove it.", e);
        }
        catch (InvalidOperationException e) // let out by YamlDotNet 16.3 for text that leaves a bracket's indentation
        {
            throw FailureAfterLast(
                "The value here does not end: close its bracket, and indent its further lines by at least one space.",
                e);
        }
    }

    public static DiagnosticException TabFailure(ManifestText source, int tab) =>
        source.Failure(
            DiagnosticCodes.ManifestBadYaml, tab, "This line is indented with a tab; YAML allows only spaces there. " +
                "Replace it by spaces.");

    private static string Advice(string problem) => problem switch
    {
        _ when problem.Contains("invalid mapping", StringComparison.Ordinal) =>
            "Quote a value that holds ': ', and start the keys of one mapping in the same column.",
        _ when problem.Contains("expected key", StringComparison.Ordinal) =>
            "Start the lines of one mapping or list in the same column, and put ': ' behind a key.",
        _ when problem.Contains("cannot start any token", StringComparison.Ordinal) =>
            "Quote a value that starts with such a sign.",
        _ => "Correct it at or before this place.",
    };

    private DiagnosticException Failure(YamlException e)
    {
        // The parser blames the line before the tab, or the mapping's start.
        var index = (int)e.Start.Index;
        return e.Message.Contains(" tab ", StringComparison.Ordinal)
            && source.FirstTabIndentation(index) is >= 0 and var tab
            ? TabFailure(source, tab)
            : source.Failure(
                DiagnosticCodes.ManifestBadYaml,
                index,
                $"Not valid YAML: {e.Message.TrimEnd('.')}. {Advice(e.Message)}",
                e);
    }

    /// <summary>For an exception without a place: what could not be read starts behind the last event.</summary>
    private DiagnosticException FailureAfterLast(string message, Exception e)
    {
        var end = (int)(_parser.Current?.End.Index ?? 0);
        var next = source.Text.AsSpan(Math.Min(end, source.Text.Length)).IndexOfAnyExcept(_separators);
        return source.Failure(
            DiagnosticCodes.ManifestBadYaml, end + Math.Max(next, 0), $"Not valid YAML: {message}", e);
    }
}
