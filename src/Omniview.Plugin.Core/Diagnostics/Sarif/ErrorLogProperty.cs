using System.Text.RegularExpressions;

namespace Omniview.Plugin.Core.Diagnostics.Sarif;

/// <summary>
/// The property <c>OmniviewErrorLog</c>, written as C#'s <c>ErrorLog</c>: a path, and perhaps the version of the
/// format.
/// </summary>
internal static partial class ErrorLogProperty
{
    /// <summary>The absolute path, or null when the property is empty.</summary>
    /// <exception cref="DiagnosticException">OVP1019: another version of SARIF is asked for.</exception>
    public static string? Path(string property, string projectDirectory)
    {
        var version = Version().Match(property);
        if (version.Success && version.Groups[1].Value is not ("2" or "2.1" or "2.1.0"))
        {
            throw new DiagnosticException(Diagnostic.Error(
                DiagnosticCodes.ErrorLogNotWritten,
                $"OmniviewErrorLog asks for version {version.Groups[1].Value} of SARIF, but only 2.1 is written: " +
                "end it with ',version=2.1' or leave the version out."));
        }

        var path = (version.Success ? property[..version.Index] : property).Trim();
        return path.Length == 0 ? null : System.IO.Path.GetFullPath(path, projectDirectory);
    }

    [GeneratedRegex(@"[,;]\s*version\s*=\s*([^,;/\\]*?)\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Version();
}
