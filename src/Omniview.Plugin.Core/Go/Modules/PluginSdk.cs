using System.Text.RegularExpressions;

namespace Omniview.Plugin.Core.Go.Modules;

/// <summary>Omniview's own Go package for plugins, github.com/omniviewdev/plugin-sdk.</summary>
internal static partial class PluginSdk
{
    /// <summary>Whether the project's go.mod requires it; false when that can't be read.</summary>
    public static bool IsRequiredBy(string projectDirectory)
    {
        try
        {
            return Requirement().IsMatch(File.ReadAllText(Path.Combine(projectDirectory, "go.mod")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // A require directive of go.mod, in a block or by itself (go.dev/ref/mod#go-mod-file-require); a comment is none.
    [GeneratedRegex(
        @"^[ \t]*(require[ \t]+)?""?github\.com/omniviewdev/plugin-sdk(/v\d+)?""?[ \t]+v",
        RegexOptions.Multiline | RegexOptions.CultureInvariant
    )]
    private static partial Regex Requirement();
}
