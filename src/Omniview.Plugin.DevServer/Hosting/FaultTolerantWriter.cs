using System.Text;

namespace Omniview.Plugin.DevServer.Hosting;

/// <summary>
/// The host's standard streams, which are its log. Where that lies the disk may be full, and a line that can't be
/// written is no reason to end.
/// </summary>
internal sealed class FaultTolerantWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public static void Install()
    {
        Console.SetOut(new FaultTolerantWriter(Console.Out));
        Console.SetError(new FaultTolerantWriter(Console.Error));
    }

    public override void Write(char value) => Write(value.ToString());

    public override void Write(string? value)
    {
        try
        {
            inner.Write(value);
        }
        catch (IOException)
        {
            // the next line may find room
        }
    }

    public override void WriteLine(string? value) => Write(value + Environment.NewLine);

    public override Task WriteLineAsync(string? value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }
}
