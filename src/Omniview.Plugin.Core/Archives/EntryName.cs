using System.Text.RegularExpressions;

namespace Omniview.Plugin.Core.Archives;

/// <summary>The names of an archive's entries: written by whoever made it, and about to become paths.</summary>
internal static partial class EntryName
{
    private const int Longest = 1024;

    /// <summary>
    /// The parts of a relative path below the archive's root; empty for the root itself; null when it is no such path
    /// on every system.
    /// </summary>
    public static string[]? Parts(string name)
    {
        // A colon is a drive or an alternate stream on Windows, a backslash a separator.
        if (name.Length is 0 or > Longest || name[0] == '/'
            || name.Any(character => char.IsControl(character) || character is '\\' or ':'))
        {
            return null;
        }

        string[] parts = [.. name.Split('/').Where(part => part is not ("" or "."))];
        // "..", and what Windows makes other names of
        return parts.Any(part =>
            part.Trim(' ', '.').Length == 0 || part.EndsWith('.') || part.EndsWith(' ') || Device().IsMatch(part))
            ? null
            : parts;
    }

    /// <summary>
    /// Whether an installed plugin has a file of this name: plugin.yaml, the program, and all below assets.
    /// </summary>
    public static bool IsOfPlugin(string[] parts) => parts switch
    {
        ["plugin.yaml"] => true,
        ["bin", "plugin" or "plugin.exe"] => true,
        ["assets", _, ..] => true,
        _ => false,
    };

    /// <summary>
    /// What Windows takes for a device in every folder, with any extension (learn.microsoft.com, "Naming Files, Paths,
    /// and Namespaces").
    /// </summary>
    [GeneratedRegex(
        @"^(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³]) *(\.|$)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Device();
}
