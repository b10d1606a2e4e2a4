using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Go;

namespace Omniview.Plugin.Core.Diagnostics.Sarif;

/// <summary>What a code stands for, whatever the message of this time: what viewers head a group of results with.</summary>
internal static partial class RuleTitle
{
    private static readonly Dictionary<string, string> Known = Collect();

    /// <summary>The code itself when nothing better is known, as for TypeScript's numbers.</summary>
    public static string Of(string code) =>
        Known.TryGetValue(code, out var title) ? title
        : GoName().Match(code) is { Success: true } name ? Words(name.Groups[1].Value)
        : code;

    private static Dictionary<string, string> Collect()
    {
        var titles = typeof(DiagnosticCodes).GetFields().ToDictionary(field => (string)field.GetRawConstantValue()!, field => Words(field.Name), StringComparer.Ordinal);
        foreach (var kind in GoProblemKind.All)
        {
            titles[kind.Code] = kind.Title;
        }

        return titles;
    }

    /// <summary>UndeclaredName: Undeclared name.</summary>
    private static string Words(string name) => Hump().Replace(name, hump => $" {hump.Value.ToLowerInvariant()}");

    [GeneratedRegex("^GO([A-Z][A-Za-z]+)$")]
    private static partial Regex GoName();

    [GeneratedRegex("(?<=[a-z])[A-Z](?=[a-z])")]
    private static partial Regex Hump();
}
