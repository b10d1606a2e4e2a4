using System.Buffers.Binary;
using System.Numerics;

namespace Omniview.Plugin.Core.Files;

/// <summary>
/// XXH64 (xxHash specification 0.1.1, with the seed 0) of what a file holds: to notice that it is another, not to stand
/// up to somebody who wants it to look the same. .NET has it only in a package; its SHA-256 loads OpenSSL, which is a
/// twentieth of the dev host's memory.
/// </summary>
internal ref struct ContentHash
{
    private const ulong Prime1 = 11400714785074694791;
    private const ulong Prime2 = 14029467366897019727;
    private const ulong Prime3 = 1609587929392839161;
    private const ulong Prime4 = 9650029242287828579;
    private const ulong Prime5 = 2870177450012600261;
    private const int Stripe = 4 * sizeof(ulong);
    private const int BufferSize = 64 * 1024;

    private ulong _lane1 = unchecked(Prime1 + Prime2);
    private ulong _lane2 = Prime2;
    private ulong _lane3 = 0;
    private ulong _lane4 = unchecked(0 - Prime1);
    private ulong _length = 0;

    public ContentHash()
    {
    }

    /// <summary>Of an empty file.</summary>
    public static ulong OfNothing { get; } = Of([]);

    public static ulong Of(ReadOnlySpan<byte> content) => new ContentHash().End(content);

    /// <exception cref="IOException">The stream can't be read.</exception>
    public static ulong Of(Stream content)
    {
        var hash = new ContentHash();
        var buffer = new byte[BufferSize];
        int read;
        while ((read = content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)) == buffer.Length)
        {
            hash.Add(buffer);
        }

        return hash.End(buffer.AsSpan(0, read));
    }

    /// <param name="stripes">Whole stripes only.</param>
    private void Add(ReadOnlySpan<byte> stripes)
    {
        _length += (ulong)stripes.Length;
        var (lane1, lane2, lane3, lane4) = (_lane1, _lane2, _lane3, _lane4);
        for (; stripes.Length > 0; stripes = stripes[Stripe..])
        {
            lane1 = Round(lane1, Word(stripes));
            lane2 = Round(lane2, Word(stripes[8..]));
            lane3 = Round(lane3, Word(stripes[16..]));
            lane4 = Round(lane4, Word(stripes[24..]));
        }

        (_lane1, _lane2, _lane3, _lane4) = (lane1, lane2, lane3, lane4);
    }

    private ulong End(ReadOnlySpan<byte> rest)
    {
        var stripes = rest.Length - (rest.Length % Stripe);
        Add(rest[..stripes]);
        rest = rest[stripes..];
        var hash = _length >= Stripe ? Converged() : Prime5;
        hash += _length + (ulong)rest.Length;
        for (; rest.Length >= sizeof(ulong); rest = rest[sizeof(ulong)..])
        {
            hash = (BitOperations.RotateLeft(hash ^ Round(0, Word(rest)), 27) * Prime1) + Prime4;
        }

        if (rest.Length >= sizeof(uint))
        {
            hash = (BitOperations.RotateLeft(
                hash ^ (BinaryPrimitives.ReadUInt32LittleEndian(rest) * Prime1), 23) * Prime2) + Prime3;
            rest = rest[sizeof(uint)..];
        }

        foreach (var one in rest)
        {
            hash = BitOperations.RotateLeft(hash ^ (one * Prime5), 11) * Prime1;
        }

        hash = (hash ^ (hash >> 33)) * Prime2;
        hash = (hash ^ (hash >> 29)) * Prime3;
        return hash ^ (hash >> 32);
    }

    private readonly ulong Converged()
    {
        var hash = BitOperations.RotateLeft(_lane1, 1) + BitOperations.RotateLeft(_lane2, 7)
            + BitOperations.RotateLeft(_lane3, 12) + BitOperations.RotateLeft(_lane4, 18);
        foreach (var lane in (ReadOnlySpan<ulong>)[_lane1, _lane2, _lane3, _lane4])
        {
            hash = ((hash ^ Round(0, lane)) * Prime1) + Prime4;
        }

        return hash;
    }

    private static ulong Round(ulong lane, ulong word) => BitOperations.RotateLeft(lane + (word * Prime2), 31) * Prime1;

    private static ulong Word(ReadOnlySpan<byte> at) => BinaryPrimitives.ReadUInt64LittleEndian(at);
}
