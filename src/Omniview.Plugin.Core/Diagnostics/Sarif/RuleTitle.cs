using System.Text.RegularExpressions;

namespace Omniview.Plugin.Core.Diagnostics.Sarif;

/// <summary>
/// What a code stands for, whatever the message of this time: what viewers head a group of results with.
/// </summary>
internal static partial class RuleTitle
{
    private static readonly Dictionary<string, string> Known = typeof(DiagnosticCodes).GetFields()
        .ToDictionary(
            field => (string)field.GetRawConstantValue()!, field => Words(field.Name), StringComparer.Ordinal);

    /// <summary>The code itself when nothing better is known, as for TypeScript's numbers.</summary>
    public static string Of(string code, IReadOnlyDictionary<string, string> titles) =>
        titles.TryGetValue(code, out var given) ? Words(given)
        : Known.TryGetValue(code, out var title) ? title
        : code;

    /// <summary>UndeclaredName: Undeclared name.</summary>
    private static string Words(string name) => Hump().Replace(name, hump => $" {hump.Value.ToLowerInvariant()}");

    [GeneratedRegex("(?<=[a-z])[A-Z](?=[a-z])")]
    private static partial Regex Hump();
}
