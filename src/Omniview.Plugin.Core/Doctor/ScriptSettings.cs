namespace Omniview.Plugin.Core.Doctor;

/// <summary>
/// Finds <c>key: value</c> in object literals of JavaScript or TypeScript without running it. Comments, texts,
/// templates and regular expressions are passed over; whatever else the program does, is not understood and does no
/// harm.
/// </summary>
internal static class ScriptSettings
{
    public static IEnumerable<ScriptSetting> Read(string source)
    {
        var tokens = Tokens(source);
        var keys = new Stack<string>();
        for (var at = 0; at < tokens.Count; at++)
        {
            switch (tokens[at].Text)
            {
                case "{" or "(" or "[":
                    // A function's body between a key and its object ("server: () => ({") breaks the path, as it
                    // should.
                    keys.Push(
                        tokens[at].Text == "{" && at >= 2 && tokens[at - 1].Text == ":" ? Key(tokens[at - 2].Text) : ""
                    );
                    break;
                case "}" or ")" or "]":
                    keys.TryPop(out _);
                    break;
                case ":" when at >= 1 && at + 2 < tokens.Count && tokens[at + 2].Text is "," or "}" or "as":
                    var value = tokens[at + 1].Text;
                    if (char.IsLetterOrDigit(value[0]) || value[0] == '\'')
                    {
                        var path = string.Join(
                            '.', keys.Reverse().Where(key => key.Length > 0).Append(Key(tokens[at - 1].Text)));
                        yield return new ScriptSetting(path, value, tokens[at - 1].Line, tokens[at - 1].Column);
                    }

                    break;
                default:
                    break;
            }
        }
    }

    private static string Key(string token) => token.Trim('\'');

    private static List<(string Text, int Line, int Column)> Tokens(string source)
    {
        var tokens = new List<(string, int, int)>();
        var (line, lineStart) = (1, 0);
        for (var at = 0; at < source.Length;)
        {
            var start = at;
            var (column, first) = (at - lineStart + 1, source[at]);
            var firstLine = line;
            string? token = null;
            if (Word(first))
            {
                while (at < source.Length && Word(source[at]))
                {
                    at++;
                }

                token = source[start..at];
            }
            else if (first is '\'' or '"' or '`')
            {
                at = End(source, at, first);
                token = first == '`' ? "`" : $"'{source[(start + 1)..Math.Max(start + 1, at - 1)]}'";
            }
            else if (first == '/' && at + 1 < source.Length && source[at + 1] == '/')
            {
                at = source.IndexOf('\n', at) is >= 0 and var end ? end : source.Length;
            }
            else if (first == '/' && at + 1 < source.Length && source[at + 1] == '*')
            {
                at = source.IndexOf("*/", at + 2, StringComparison.Ordinal) is >= 0 and var end
                    ? end + 2
                    : source.Length;
            }
            else if (
                first == '/'
                && (
                    tokens.Count == 0
                    || tokens[^1].Item1
                        is "("
                            or ","
                            or ":"
                            or "["
                            or "="
                            or "!"
                            or "&"
                            or "|"
                            or "?"
                            or "{"
                            or "}"
                            or ";"
                            or ">"
                            or "return"))
            {
                at = End(source, at, '/'); // after anything else it divides
                token = "/";
            }
            else
            {
                at++;
                token = char.IsWhiteSpace(first) ? null : first.ToString();
            }

            for (var passed = start; passed < at; passed++)
            {
                if (source[passed] == '\n')
                {
                    (line, lineStart) = (line + 1, passed + 1);
                }
            }

            if (token is not null)
            {
                tokens.Add((token, firstLine, column));
            }
        }

        return tokens;
    }

    private static bool Word(char character) => char.IsLetterOrDigit(character) || character is '_' or '$';

    /// <summary>
    /// After the closing quote, or slash that is in no class; a line's end closes what may not have one.
    /// </summary>
    private static int End(string source, int at, char quote)
    {
        var inClass = false;
        for (at++; at < source.Length; at++)
        {
            switch (source[at])
            {
                case '\\':
                    at++;
                    break;
                case '\n' when quote != '`':
                    return at;
                case '[' when quote == '/':
                    inClass = true;
                    break;
                case ']' when quote == '/':
                    inClass = false;
                    break;
                case var end when end == quote && !inClass:
                    return at + 1;
                default:
                    break;
            }
        }

        return source.Length;
    }
}
