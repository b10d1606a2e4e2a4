using System.Text;
using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.Go.Building;

/// <summary>
/// The build ID in a program: hashes of all that went into it, so another for another way to the same program. It is
/// near the start of the file (cmd/internal/buildid), and so is what the linker makes of it for debuggers, the build ID
/// of GNU.
/// </summary>
internal static partial class GoBuildId
{
    private const int HeadBytes = 32 * 1024;

    /// <summary>Whether two programs are there and do the same: they differ in nothing but their build IDs.</summary>
    /// <param name="one">Absolute path.</param>
    /// <param name="other">Absolute path.</param>
    /// <exception cref="IOException">One can't be read.</exception>
    public static bool IsOnlyDifference(string one, string other) =>
        FileContent.IsSame(one, other, HeadBytes) && Head(one) == Head(other);

    private static string Head(string file)
    {
        using var stream = FileContent.Open(file);
        var head = new byte[HeadBytes];
        var length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return Gnu().Replace(Go().Replace(Encoding.Latin1.GetString(head.AsSpan(0, length)), ""), "");
    }

    [GeneratedRegex("[A-Za-z0-9_-]{20}(?:/[A-Za-z0-9_-]{20}){3}", RegexOptions.CultureInvariant)]
    private static partial Regex Go();

    // a note's type and name, then the hash (elf(5), NT_GNU_BUILD_ID)
    [GeneratedRegex(@"(?<=\x03\0\0\0GNU\0).{20}", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Gnu();
}
