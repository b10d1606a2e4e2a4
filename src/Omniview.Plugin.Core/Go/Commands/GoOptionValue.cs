using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Go.Commands;

/// <summary>What the author has written for one of <see cref="GoOptions"/>.</summary>
/// <param name="Property">The property it was written in.</param>
/// <param name="Written">All of it.</param>
/// <param name="List">The same, where semicolons separate.</param>
internal sealed record GoOptionValue(string Property, string Written, IReadOnlyList<string> List)
{
    /// <summary>Null when it is empty.</summary>
    public string? Text => string.IsNullOrWhiteSpace(Written) ? null : Written;

    /// <summary>In the words that MSBuild has for it; false when it is empty.</summary>
    /// <exception cref="DiagnosticException">OVP1025: it is neither true nor false.</exception>
    public bool Flag => Written.Trim().ToLowerInvariant() switch
    {
        "true" or "on" or "yes" => true,
        "" or "false" or "off" or "no" => false,
        _ => throw new DiagnosticException(Diagnostic.Error(
            DiagnosticCodes.PropertyNotBoolean,
            $"{Property} is '{Written}'. It must be true or false, or be left out, which means false.")),
    };
}
