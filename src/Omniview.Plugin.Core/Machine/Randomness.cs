using System.Security.Cryptography;

namespace Omniview.Plugin.Core.Machine;

/// <summary>
/// Numbers nobody can guess, from the system itself. <see cref="RandomNumberGenerator"/> loads OpenSSL for them where
/// there is no other source in .NET: four megabytes and twenty milliseconds of a program that uses it for nothing else.
/// </summary>
internal static class Randomness
{
    // random(4), and the same on macOS: what the kernel's generator gives, never waiting
    private const string Source = "/dev/urandom";

    /// <summary>Hexadecimal digits in lower case, two for each byte.</summary>
    public static string Hex(int bytes) => Convert.ToHexStringLower(Bytes(bytes));

    private static byte[] Bytes(int count)
    {
        if (OperatingSystem.IsWindows())
        {
            return RandomNumberGenerator.GetBytes(count);
        }

        var bytes = new byte[count];
        using var source = new FileStream(Source, new FileStreamOptions { Access = FileAccess.Read, BufferSize = 0 });
        source.ReadExactly(bytes);
        return bytes;
    }
}
