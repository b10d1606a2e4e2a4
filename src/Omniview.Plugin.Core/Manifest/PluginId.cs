using System.Buffers;
using Omniview.Plugin.Core.Text;

namespace Omniview.Plugin.Core.Manifest;

/// <summary>
/// The rule for plugin ids. An id becomes a folder under the state directory and a part of URLs, so every path and
/// every request that carries one is checked with this before anything else.
/// </summary>
internal static class PluginId
{
    private const int LengthLimit = 128;
    private const string Legal =
        "use 1 to 128 lower-case letters, digits, '.', '_' and '-', the first a letter or digit";

    private static readonly SearchValues<char> _letters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyz0123456789._-");

    // Windows opens the device for these names in any folder, whatever the extension
    // (learn.microsoft.com/windows/win32/fileio/naming-a-file).
    private static readonly HashSet<string> _devices = new(
        [
            "con", "prn", "aux", "nul",
            .. Enumerable.Range(0, 10).SelectMany(number => new[] { $"com{number}", $"lpt{number}" }),
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Null when the id is legal; otherwise what is wrong and what to do, to be put after the id:
    /// <c>holds upper-case letters; write 'my.plugin'</c>.
    /// </summary>
    public static string? Problem(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (id.Length == 0)
        {
            return $"is empty; {Legal}";
        }

        if (id is "." or "..")
        {
            return $"means a folder; {Legal}";
        }

        if (id.AsSpan().IndexOfAny('/', '\\') is >= 0 and var separator)
        {
            return $"holds '{id[separator]}', which would make it a path; {Legal}";
        }

        if (_devices.Contains(id.Split('.')[0].TrimEnd(' ')))
        {
            return "is the name of a device on Windows; choose another one";
        }

        return Misspelling(id);
    }

    private static string? Misspelling(string id)
    {
        var lower = id.ToLowerInvariant();
        if (lower.AsSpan().IndexOfAnyExcept(_letters) is >= 0 and var other)
        {
            return $"holds {Shown.Character(id, other)}; {Legal}";
        }

        if (id.Length > LengthLimit)
        {
            return $"has {id.Length} characters; {Legal}";
        }

        if (!char.IsAsciiLetterOrDigit(id[0]))
        {
            return $"starts with '{id[0]}'; {Legal}";
        }

        if (id[^1] == '.')
        {
            return "ends with '.', which Windows drops from names; remove it";
        }

        return lower == id ? null : $"holds upper-case letters; write {Shown.Text(lower)}";
    }
}
