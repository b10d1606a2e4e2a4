namespace Omniview.Plugin.Core.Archives;

/// <summary>
/// What an archive unpacks to, as a tar reader gets it: up to a limit, as what a few compressed bytes can become has
/// none, and with little of it between two files, where the reader takes what it finds into memory as a whole.
/// </summary>
/// <param name="inner">Unpacks.</param>
/// <param name="limits">Of the archive.</param>
/// <param name="refused">Makes the exception for a reason.</param>
/// <param name="cancellation">Ends also the reading of one large file.</param>
internal sealed class UnpackedStream(
    Stream inner, ArchiveLimits limits, Func<string, Exception> refused, CancellationToken cancellation) : Stream
{
    private long _read;
    private long? _lookingUntil;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _read; set => throw new NotSupportedException(); }

    /// <summary>
    /// From here on the reader looks for the next file; what it passed over of the one before was read.
    /// </summary>
    public void LookForEntry() => _lookingUntil = _read + ArchiveLimits.MostBytesOfDescription;

    /// <summary>From here on the reader reads a file's content.</summary>
    public void ReadContent() => _lookingUntil = null;

    /// <summary>Reads what is left after the tar's end: nothing but the zeros that fill its last record.</summary>
    public void Finish()
    {
        ReadContent();
        var block = new byte[32 * 1024];
        int count;
        while ((count = Read(block)) > 0)
        {
            if (block.AsSpan(0, count).ContainsAnyExcept((byte)0))
            {
                throw refused("something follows the end of its tar");
            }
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        cancellation.ThrowIfCancellationRequested();
        if (_lookingUntil - _read < buffer.Length)
        {
            throw refused(
                "a name or another description of a file in it is larger than " +
                $"{ArchiveLimits.MostBytesOfDescription} bytes");
        }

        var count = inner.Read(buffer);
        _read += count;
        return _read <= limits.MostBytesOfTar ? count : throw refused("it unpacks to more than a plugin can need");
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
