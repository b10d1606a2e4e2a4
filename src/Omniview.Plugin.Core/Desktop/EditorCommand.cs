using System.Globalization;

namespace Omniview.Plugin.Core.Desktop;

/// <summary>
/// The command that opens a file in the user's editor, as a setting or <c>$VISUAL</c> has it: a program, arguments,
/// and, for a program that is not known here, <c>{file}</c>, <c>{line}</c> and <c>{column}</c> where they belong.
/// </summary>
/// <param name="Program">A name on PATH or an absolute path.</param>
/// <param name="Arguments">What comes before the file, or a template.</param>
internal sealed record EditorCommand(string Program, IReadOnlyList<string> Arguments)
{
    private static readonly string[] GotoOption = ["code", "code-insiders", "codium", "vscodium", "cursor", "windsurf"];
    private static readonly string[] LineOption = [
        "idea", "goland", "rider", "webstorm", "fleet", "clion", "pycharm", "phpstorm", "rubymine"];
    private static readonly string[] Suffix = ["subl", "sublime_text", "zed", "zeditor"];
    // for git, which wants to know when the editor is closed
    private static readonly string[] Waiting = ["--wait", "-w"];

    /// <summary>In which order an editor is looked for when none is set.</summary>
    public static IReadOnlyList<string> Usual { get; } = [
        "code", "codium", "cursor", "goland", "rider", "idea", "zed", "subl"];

    /// <summary>
    /// Whether it is known to have a window of its own; a program of a terminal can't be started by a dev host, which
    /// has none.
    /// </summary>
    public bool HasWindow => Form is not null;

    private string Name =>
        Path.GetFileNameWithoutExtension(Program.Replace('\\', '/')).ToLowerInvariant() is var name
        && name.EndsWith("64", StringComparison.Ordinal)
        ? name[..^2]
        : name;

    private Func<string, int, int, string[]>? Form =>
        GotoOption.Contains(Name) ? (file, line, column) => ["-g", Joined(file, line, column)]
        : LineOption.Contains(Name) ? (file, line, column) => ["--line", Text(line), "--column", Text(column), file]
        : Suffix.Contains(Name) ? (file, line, column) => [Joined(file, line, column)]
        : Name switch
        {
            "gvim" or "mvim" or "gedit" => (file, line, _) => [$"+{Text(line)}", file],
            "kate" => (file, line, column) => ["--line", Text(line), "--column", Text(column), file],
            "notepad++" => (file, line, column) => [$"-n{Text(line)}", $"-c{Text(column)}", file],
            _ => null,
        };

    /// <summary>
    /// Null for a text without a program. Quotes hold words together; nothing else is special, because no shell reads
    /// it.
    /// </summary>
    public static EditorCommand? Parse(string? text)
    {
        List<string> words = [];
        char? quote = null;
        var inWord = false;
        foreach (var one in text ?? "")
        {
            if (quote is null && char.IsWhiteSpace(one))
            {
                inWord = false;
                continue;
            }

            if (!inWord)
            {
                words.Add("");
                inWord = true;
            }

            if (one == quote)
            {
                quote = null;
            }
            else if (quote is null && (one is '"' or '\''))
            {
                quote = one;
            }
            else
            {
                words[^1] += one;
            }
        }

        return words is [{ Length: > 0 } program, .. var arguments] ? new EditorCommand(program, [.. arguments]) : null;
    }

    /// <summary>The arguments, for one place.</summary>
    /// <param name="file">Absolute path, so it never looks like an option.</param>
    /// <param name="line">1-based.</param>
    /// <param name="column">1-based.</param>
    public IReadOnlyList<string> ArgumentsFor(string file, int line, int column)
    {
        if (Arguments.Any(argument => argument.Contains("{file}", StringComparison.Ordinal)))
        {
            // The file last: what its name holds is not looked at again.
            return [.. Arguments.Select(argument => argument
                .Replace("{line}", Text(line), StringComparison.Ordinal)
                .Replace("{column}", Text(column), StringComparison.Ordinal)
                .Replace("{file}", file, StringComparison.Ordinal))];
        }

        return Form is { } form
            ? [.. Arguments.Where(argument => !Waiting.Contains(argument)), .. form(file, line, column)]
            : [.. Arguments, file];
    }

    private static string Joined(string file, int line, int column) => $"{file}:{Text(line)}:{Text(column)}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
