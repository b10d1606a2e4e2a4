using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Omniview.Plugin.DevServer.Cli;

/// <summary>
/// Standard output that tells when nobody reads it any more. .NET's own stream passes over EPIPE (ConsolePal.Unix.Write), so
/// <c>logs -f | head -1</c> would go on for ever.
/// </summary>
internal sealed class PipeWriter : IDisposable
{
    private const int StandardOutput = 1;

    private readonly StreamWriter _writer;

    public PipeWriter()
    {
        var stream = OperatingSystem.IsWindows()
            ? Console.OpenStandardOutput()
            : new FileStream(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        _writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
    }

    /// <exception cref="BrokenPipeException">Nobody reads any more.</exception>
    public void WriteLine(string line)
    {
        try
        {
            _writer.Write(line + Environment.NewLine);
        }
        catch (IOException e)
        {
            throw new BrokenPipeException(e);
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
}
