using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Ui.TypeScript;

namespace Omniview.Plugin.Tasks;

/// <summary>The property OmniviewTypeCheck.</summary>
internal static class TypeCheckProperty
{
    /// <summary>Null when it is empty.</summary>
    /// <exception cref="DiagnosticException">OVP5013: it has another value.</exception>
    public static TypeCheckLevel? Read(string value) => value.Trim().ToLowerInvariant() switch
    {
        "" => null,
        "true" => TypeCheckLevel.Error,
        "warn" => TypeCheckLevel.Warning,
        "false" => TypeCheckLevel.Off,
        _ => throw new DiagnosticException(Diagnostic.Error(
            DiagnosticCodes.TypeCheckValueUnknown,
            $"OmniviewTypeCheck is '{value}'. It must be true (type errors are errors), warn (they are warnings), " +
            "false (types are not checked), or be left out: then they are what the script \"build\" in " +
            "ui/package.json makes of them.")),
    };
}
