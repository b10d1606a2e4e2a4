using System.Globalization;
using Xunit.Sdk;

namespace Omniview.Plugin.Testing;

/// <summary>
/// A file with a line for each test that begins (<c>+</c>, its key, its limit in milliseconds, its name, with tabs
/// between) and for each that ends (<c>-</c>, its key).
/// </summary>
internal sealed class TestJournal(string file, IMessageSink next) : IMessageSink, IDisposable
{
    private const string FileVariable = "OVP_TEST_JOURNAL";

    private readonly StreamWriter _file = new(file, append: true) { AutoFlush = true };

    /// <summary>The file to write, for this process and none that it starts; null when nobody reads it.</summary>
    public static string? TakeFile()
    {
        var file = Environment.GetEnvironmentVariable(FileVariable);
        Environment.SetEnvironmentVariable(FileVariable, null);
        return file;
    }

    public bool OnMessage(IMessageSinkMessage message)
    {
        switch (message)
        {
            case ITestStarting starting:
                var name = starting.TestDisplayName.ReplaceLineEndings(" ");
                Write(string.Create(
                    CultureInfo.InvariantCulture, $"+\t{starting.TestUniqueID}\t{starting.Timeout}\t{name}"));
                break;
            case ITestFinished finished:
                Write($"-\t{finished.TestUniqueID}");
                break;
            case ITestCollectionStarting collection:
                Write($"[\t{collection.TestCollectionUniqueID}\t{collection.TestCollectionDisplayName}");
                break;
            case ITestCollectionFinished collection:
                Write($"]\t{collection.TestCollectionUniqueID}");
                break;
            default:
                break;
        }

        return next.OnMessage(message);
    }

    public void Dispose() => _file.Dispose();

    private void Write(string line)
    {
        lock (_file)
        {
            _file.WriteLine(line);
        }
    }
}
