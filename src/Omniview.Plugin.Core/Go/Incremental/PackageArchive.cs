using System.Globalization;
using System.Text;
using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.Go.Incremental;

/// <summary>
/// A compiled package as the compiler writes it with <c>-pack</c>: an ar archive whose first file, <c>__.PKGDEF</c>, is
/// all that importers read.
/// </summary>
internal static class PackageArchive
{
    private const int Magic = 8;  // "!<arch>\n"
    // name, time, owner, group, mode, size in text, and an end of line (cmd/internal/archive)
    private const int Header = 60;
    private static readonly Range Size = 48..58;

    /// <summary>Whether two archives tell their importers the same.</summary>
    public static bool AreSameForImporters(string one, string other) =>
        Exports(one) is { } exports && Exports(other) is { } others && exports.AsSpan().SequenceEqual(others);

    /// <summary>Null for what is no such archive.</summary>
    private static byte[]? Exports(string file)
    {
        using var stream = FileContent.Open(file);
        var head = new byte[Magic + Header];
        if (stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length
            || !head.AsSpan(Magic).StartsWith("__.PKGDEF "u8)
            || !int.TryParse(
                Encoding.ASCII.GetString(head.AsSpan(Magic)[Size]),
                NumberStyles.AllowTrailingWhite,
                CultureInfo.InvariantCulture,
                out var size)
            || size < 0
            || size > stream.Length)
        {
            return null;
        }

        var exports = new byte[size];
        stream.ReadExactly(exports);
        return exports;
    }
}
