using System.Text;
using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.Go.Modules;

/// <summary>
/// The id that a plugin's Go source gives to go-plugin or plugin-sdk, as far as it stands there as a literal.
/// </summary>
/// <param name="Id">What the literal says.</param>
/// <param name="File">Absolute path.</param>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based, of the opening quote.</param>
internal sealed partial record PluginIdLiteral(string Id, string File, int Line, int Column)
{
    private const int MostFiles = 1000;
    private const int LargestFile = 1024 * 1024;

    /// <summary>The first that is another id than this one; null when there is none.</summary>
    /// <param name="folder">The folder of the package <c>main</c>; packages below it are looked at too.</param>
    /// <param name="id">The manifest's.</param>
    public static PluginIdLiteral? OtherThan(string id, string folder)
    {
        try
        {
            var options = new EnumerationOptions
            {
                IgnoreInaccessible = true,
                RecurseSubdirectories = true,
                AttributesToSkip = FileAttributes.ReparsePoint,
            };
            return Directory
                .EnumerateFiles(folder, "*.go", options)
                .Where(file => !file.EndsWith("_test.go", StringComparison.Ordinal))
                .Take(MostFiles)
                .Order(StringComparer.Ordinal)
                .SelectMany(Read)
                .FirstOrDefault(literal => literal.Id != id);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static IEnumerable<PluginIdLiteral> Read(string file)
    {
        string text;
        try
        {
            text = Encoding.UTF8.GetString(RegularFile.ReadAllBytes(file, LargestFile));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            yield break;
        }

        foreach (var match in Ids().Matches(text).Where(match => !IsComment(text, match.Index)))
        {
            var id = match.Groups["id"];
            var before = text.AsSpan(0, id.Index - 1);
            yield return new PluginIdLiteral(
                id.Value, file, before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
        }
    }

    private static bool IsComment(string text, int index)
    {
        var line = text.AsSpan(0, index);
        return line[(line.LastIndexOf('\n') + 1)..].TrimStart().StartsWith("//");
    }

    // plugin-sdk's PluginOpts, go-plugin's HandshakeConfig, a look at the variable itself, or a constant that is named
    // for it.
    [GeneratedRegex(
        """
            (?:
                PluginOpts \s* \{ [^{}]* \bID:
                | MagicCookieValue:
                | Getenv\("OMNIVIEW"\) \s* [!=]=
                | \b (?:plugin_?id|magic_?cookie(?:_?value)?) (?:\s+string)? \s* :?=
            )
            \s* ["`] (?<id> [^"`\r\n]+ ) ["`]
            """,
        RegexOptions.IgnoreCase
            | RegexOptions.IgnorePatternWhitespace
            | RegexOptions.CultureInvariant
            | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Ids();
}
