using System.Buffers;
using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Toolchain;

namespace Omniview.Plugin.Core.Packaging;

/// <summary>
/// What an archive is called: text with <c>{id}</c>, <c>{version}</c>, <c>{platform}</c> (<c>linux_amd64</c>),
/// <c>{os}</c>, <c>{arch}</c> and <c>{rid}</c> (<c>linux-x64</c>).
/// </summary>
internal static partial class ArchiveName
{
    /// <summary>As Omniview's own publishing names it.</summary>
    public const string Default = "{id}-{platform}";

    // Those of Windows, on every system: a name that works here works on a build server.
    private static readonly SearchValues<char> _illegal = SearchValues.Create("/\\:*?\"<>|\r\n\t");

    /// <summary>The name without its extension.</summary>
    /// <exception cref="DiagnosticException">OVP1020: a word in braces is none of ours, or what comes out is no file
    /// name. OVP1017.</exception>
    public static string For(string template, string pluginId, string version, string runtimeIdentifier)
    {
        var target = GoTarget.FromRuntimeIdentifier(runtimeIdentifier);
        var name = Word().Replace(template, word => word.Value switch
        {
            "{id}" => pluginId,
            "{version}" => version,
            "{platform}" => Platform(target),
            "{os}" => target.Goos!,
            "{arch}" => target.Goarch!,
            "{rid}" => runtimeIdentifier,
            var unknown => throw Bad(template, $"has {unknown}, which means nothing here"),
        });

        return name.Length > 0 && name.Trim('.', ' ') == name && name.AsSpan().IndexOfAny(_illegal) < 0
            ? name
            : throw Bad(template, $"gives '{name}', which is no file name on every system");
    }

    /// <summary>The key of a platform in Omniview's registry.</summary>
    public static string Platform(GoTarget target) => $"{target.Goos}_{target.Goarch}";

    internal static DiagnosticException Bad(string template, string what) => new(Diagnostic.Error(
        DiagnosticCodes.ArchiveNameUnusable,
        $"OmniviewArchiveName is '{template}' and {what}. Use text and {{id}}, {{version}}, {{platform}}, {{os}}, " +
        $"{{arch}} or {{rid}}; {Default} is the default."));

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Word();
}
