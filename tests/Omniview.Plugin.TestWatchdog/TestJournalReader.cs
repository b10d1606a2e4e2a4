using System.Globalization;

namespace Omniview.Plugin.TestWatchdog;

/// <summary>Reads what the test project writes down (<c>TestJournal</c>), as far as it has got.</summary>
internal sealed class TestJournalReader(string file) : IDisposable
{
    private readonly StreamReader _reader = new(new FileStream(
        file, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite));
    private readonly Dictionary<string, TestUnderWay> _underWay = new(StringComparer.Ordinal);
    private string _begun = "";

    public IReadOnlyCollection<TestUnderWay> UnderWay => _underWay.Values;

    /// <summary>The name of the last test that ended.</summary>
    public string? LastEnded { get; private set; }

    /// <summary>Takes what came since the last time; false when that was nothing.</summary>
    public bool Read(TimeSpan now)
    {
        var text = _begun + _reader.ReadToEnd();
        var lines = text.Split('\n');
        _begun = lines[^1]; // not written to its end yet
        foreach (var parts in lines[..^1].Select(line => line.Split('\t')))
        {
            if (parts[0] == "+")
            {
                _underWay[parts[1]] = new TestUnderWay(
                    parts[3], TimeSpan.FromMilliseconds(int.Parse(parts[2], CultureInfo.InvariantCulture)), now);
            }
            else if (_underWay.Remove(parts[1], out var test))
            {
                LastEnded = test.Name;
            }
        }

        return lines.Length > 1;
    }

    public void Dispose() => _reader.Dispose();
}
