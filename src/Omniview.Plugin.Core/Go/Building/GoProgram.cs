using System.Buffers.Binary;

namespace Omniview.Plugin.Core.Go.Building;

/// <summary>What kind of file a build has left, told by its first bytes.</summary>
/// <param name="Format">ELF, Mach-O, PE, or "archive" for a compiled package that is not package main.</param>
/// <param name="Goarch">Its processor as GOARCH; null if it is not one of the usual.</param>
internal readonly record struct GoProgram(string Format, string? Goarch)
{
    public const string Archive = "archive";

    /// <summary>Null for a file that is none of them.</summary>
    public static GoProgram? Read(string file)
    {
        using var stream = File.OpenRead(file);
        var head = new byte[4096];
        var length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var bytes = head.AsSpan(0, length);
        return bytes.StartsWith("!<arch>\n"u8) ? new(Archive, null)
            : bytes.StartsWith("\u007fELF"u8) && length >= 20 ? new("ELF", Elf(bytes))
            : length >= 8 && BinaryPrimitives.ReadUInt32LittleEndian(bytes) == 0xFEEDFACF ? new("Mach-O", MachO(bytes))
            : bytes.StartsWith("MZ"u8) && PeHeader(bytes) is { } pe ? new("PE", Pe(bytes[pe..]))
            : null;
    }

    /// <summary>
    /// Whether this system and processor, in Go's words, can be what the file is for; a null processor is any.
    /// </summary>
    public bool Fits(string goos, string? goarch) =>
        Format == FormatOf(goos) && (goarch is null || Goarch is null || goarch == Goarch);

    public override string ToString() => $"{Format} for {Goarch ?? "another processor"}";

    private static string FormatOf(string goos) => goos switch
    {
        "windows" => "PE",
        "darwin" or "ios" => "Mach-O",
        _ => "ELF",
    };

    private static string? Elf(ReadOnlySpan<byte> bytes) =>
        (
            bytes[5] == 1
                ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[18..])
                : BinaryPrimitives.ReadUInt16BigEndian(bytes[18..])
        ) switch
        {
            3 => "386",
            40 => "arm",
            62 => "amd64",
            183 => "arm64",
            _ => null,
        };

    private static string? MachO(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) switch
    {
        0x01000007 => "amd64",
        0x0100000C => "arm64",
        _ => null,
    };

    private static int? PeHeader(ReadOnlySpan<byte> bytes)
    {
        var offset = bytes.Length < 0x40 ? -1 : BinaryPrimitives.ReadInt32LittleEndian(bytes[0x3C..]);
        return offset >= 0 && offset <= bytes.Length - 6 && bytes[offset..].StartsWith("PE\0\0"u8) ? offset : null;
    }

    private static string? Pe(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt16LittleEndian(header[4..]) switch
    {
        0x014C => "386",
        0x8664 => "amd64",
        0xAA64 => "arm64",
        _ => null,
    };
}
