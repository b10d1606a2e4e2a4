using System.Text;

namespace Omniview.Plugin.Core.Go.Incremental;

/// <summary>A command as <c>go build -n</c> shows it, for a shell (cmd/go/internal/work, joinUnambiguously).</summary>
/// <param name="Environment">The variables in front of it.</param>
/// <param name="Words">The program and its arguments.</param>
internal sealed record ShownCommand(IReadOnlyDictionary<string, string?> Environment, IReadOnlyList<string> Words)
{
    /// <summary>The program's name without folder and <c>.exe</c>.</summary>
    public string Tool => Path.GetFileNameWithoutExtension(Words[0]);

    /// <summary>Null for what is not shown as Go shows a command.</summary>
    public static ShownCommand? Read(string text)
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal);
        List<string> words = [];
        for (var rest = text.AsSpan().Trim(); rest.Length > 0; rest = rest.TrimStart())
        {
            var word = new StringBuilder();
            if (rest[0] == '"')
            {
                if (Unquote(ref rest, word) is false)
                {
                    return null;
                }
            }
            else if (words.Count == 0 && rest.IndexOfAny("=' ") is > 0 and var equals
                && rest[equals..].StartsWith("='"))
            {
                var value = rest[(equals + 2)..];
                if (value.IndexOf('\'') is not (>= 0 and var end))
                {
                    return null;
                }

                environment[rest[..equals].ToString()] = value[..end].ToString();
                rest = value[(end + 1)..];
                continue;
            }
            else
            {
                var end = rest.IndexOf(' ') is >= 0 and var space ? space : rest.Length;
                word.Append(rest[..end]);
                rest = rest[end..];
            }

            if (rest.Length > 0 && rest[0] != ' ')
            {
                return null;
            }

            words.Add(word.ToString());
        }

        return words.Count == 0 ? null : new ShownCommand(environment, words);
    }

    /// <summary>Takes a string in the quotes of strconv.Quote off the front; false when it is none.</summary>
    private static bool Unquote(ref ReadOnlySpan<char> rest, StringBuilder word)
    {
        for (var at = 1; at < rest.Length; at++)
        {
            if (rest[at] == '"')
            {
                rest = rest[(at + 1)..];
                return true;
            }

            if (rest[at] != '\\')
            {
                word.Append(rest[at]);
            }
            else if (++at < rest.Length && rest[at] is '\\' or '"')
            {
                word.Append(rest[at]);
            }
            else
            {
                return false; // a control character in a path or a flag: not worth more
            }
        }

        return false;
    }
}
