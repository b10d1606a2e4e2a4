using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Omniview.Plugin.DevServer.Cli.Output;

/// <summary>
/// Standard output that tells when nobody reads it any more. .NET's own stream passes over EPIPE
/// (ConsolePal.Unix.Write), so
/// <c>logs -f | head -1</c> would go on for ever. A file has no reader who could go, and there .NET's own stream is
/// right: a FileStream writes to where it believes the end to be (pwrite), and what others write to the same descriptor
/// later is put over it.
/// </summary>
internal sealed class PipeWriter : IDisposable
{
    private const int StandardOutput = 1;

    private readonly StreamWriter _writer;

    public PipeWriter()
    {
        var stream = PipeOrTerminal() ?? Console.OpenStandardOutput();
        IsPipe = stream is FileStream;
        _writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))
        {
            AutoFlush = true,
        };
    }

    /// <summary>Whether a write that fails means that nobody reads any more.</summary>
    public bool IsPipe { get; }

    /// <exception cref="OutputException">Nobody reads any more, or a file can't be written.</exception>
    public void WriteLine(string line)
    {
        try
        {
            _writer.Write(line + Environment.NewLine);
        }
        catch (IOException e)
        {
            throw new OutputException(e);
        }
    }

    public void Dispose()
    {
        try
        {
            _writer.Dispose();
        }
        catch (IOException)
        {
            // what could not be written was told already
        }
    }

    private static FileStream? PipeOrTerminal()
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        var stream = new FileStream(
            new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        if (!stream.CanSeek)
        {
            return stream;
        }

        stream.Dispose(); // the descriptor stays
        return null;
    }
}
