using System.Text.RegularExpressions;

namespace Omniview.Plugin.Core.Ui.TypeScript;

/// <summary>
/// What the UI's own script <c>build</c> makes of type errors. One that does not check types, or does not care for the
/// result (<c>tsc; vite build</c>), must not fail on them when we build.
/// </summary>
/// <param name="scripts">Of package.json.</param>
internal sealed partial class BuildScript(IReadOnlyDictionary<string, string> scripts)
{
    private const string Name = "build";

    private static readonly HashSet<string> Checkers = ["tsc", "tsgo", "vue-tsc", "svelte-check"];
    private static readonly HashSet<string> Runners = [
        "npm", "pnpm", "yarn", "bun", "run-p", "run-s", "npm-run-all", "npm-run-all2"];

    private readonly HashSet<string> _seen = [];

    /// <summary>Errors, too, for a UI without such a script, whose author has decided nothing.</summary>
    public static TypeCheckLevel TypeCheck(IReadOnlyDictionary<string, string> scripts) =>
        !scripts.ContainsKey(Name) || new BuildScript(scripts).IsChecked(Name)
            ? TypeCheckLevel.Error
            : TypeCheckLevel.Warning;

    /// <summary>Package managers run <c>prebuild</c> before <c>build</c>, and go no further when that fails.</summary>
    private bool IsChecked(string script) =>
        _seen.Add(script)
            && new[] { "pre" + script, script }.Any(
                one => scripts.TryGetValue(one, out var text) && Commands(text).Any(IsCheck));

    /// <summary>
    /// The commands whose failure is one of the script: what follows them is <c>&amp;&amp;</c>, or nothing.
    /// </summary>
    private static IEnumerable<string> Commands(string text)
    {
        var start = 0;
        foreach (Match separator in Separator().Matches(text))
        {
            if (separator.Groups["operator"].Success)
            {
                if (separator.Value == "&&")
                {
                    yield return text[start..separator.Index];
                }

                start = separator.Index + separator.Length;
            }
        }

        yield return text[start..];
    }

    private bool IsCheck(string command)
    {
        var words = command.Split([' ', '\t', '"', '\'', '(', ')'], StringSplitOptions.RemoveEmptyEntries);
        return words.Any(word => Checkers.Contains(Path.GetFileNameWithoutExtension(word)))
            || (words.Any(Runners.Contains) && words.SelectMany(Named).Any(IsChecked));
    }

    /// <summary>The scripts a word names: <c>check</c>, or <c>check:*</c>.</summary>
    private IEnumerable<string> Named(string word) =>
        scripts.Keys.Where(script =>
            script == word || (word.EndsWith('*') && script.StartsWith(word.TrimEnd('*'), StringComparison.Ordinal)));

    /// <summary>Operators of a shell, but not within quotes, nor in <c>2>&amp;1</c> and <c>&amp;>file</c>.</summary>
    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"|'[^']*'|>&|&>|(?<operator>&&|\|\|?|;|&|\n)
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Separator();
}
