using System.Buffers;
using System.Text;

namespace Omniview.Plugin.Core.Processes;

/// <summary>
/// Cuts a byte stream into lines without ever stopping to read: a child that writes a line of any length is never
/// blocked on a full pipe, and memory stays bounded because only the first part of a long line is kept.
/// </summary>
/// <param name="isError">Whether the stream is standard error.</param>
/// <param name="line">Gets each line.</param>
/// <param name="keptBytes">How much of one line is kept.</param>
internal sealed class LineSplitter(bool isError, Action<OutputLine> line, int keptBytes = LineSplitter.ShownBytes)
{
    /// <summary>How much of one line is kept when a person is to read it.</summary>
    public const int ShownBytes = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _kept = new();
    private long _elided;
    private bool _open;

    /// <summary>Reads to the end of the stream; a last line without an end counts.</summary>
    public async Task ReadToEndAsync(Stream stream)
    {
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await ReadAsync(stream, buffer)) > 0)
        {
            Feed(buffer.AsSpan(0, read));
        }

        Complete();
    }

    /// <summary>Takes the next bytes of the stream.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            Keep(end < 0 ? bytes : bytes[..end]);
            if (end < 0)
            {
                return;
            }

            Flush();
            bytes = bytes[(end + 1)..];
        }
    }

    /// <summary>The stream has ended: delivers a last line without an end.</summary>
    public void Complete()
    {
        if (_open)
        {
            Flush();
        }
    }

    private static async Task<int> ReadAsync(Stream stream, byte[] buffer)
    {
        try
        {
            return await stream.ReadAsync(buffer);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            return 0; // the pipe was closed under us after the child had ended
        }
    }

    private void Keep(ReadOnlySpan<byte> part)
    {
        _open = true;
        var room = Math.Min(part.Length, keptBytes - _kept.WrittenCount);
        _kept.Write(part[..room]);
        _elided += part.Length - room;
    }

    private void Flush()
    {
        var text = Encoding.UTF8.GetString(_kept.WrittenSpan).TrimEnd('\r');
        line(new OutputLine(text, isError, _elided));
        _kept.ResetWrittenCount();
        _elided = 0;
        _open = false;
    }
}
