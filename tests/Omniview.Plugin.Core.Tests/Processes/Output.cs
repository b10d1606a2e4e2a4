using System.Threading.Channels;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Tests.Processes;

/// <summary>What a child printed: to wait for, line by line, and to look at when it has ended.</summary>
internal sealed class Output
{
    private readonly Channel<string> _unread = Channel.CreateUnbounded<string>();
    private readonly List<OutputLine> _lines = [];

    public IReadOnlyList<OutputLine> Lines => _lines;

    public IEnumerable<string> Texts => _lines.Select(line => line.Text);

    /// <summary>ManagedProcess delivers one line at a time, so this needs no lock.</summary>
    public void Add(OutputLine line)
    {
        _lines.Add(line);
        _unread.Writer.TryWrite(line.Text);
    }

    /// <summary>The next line, as soon as there is one.</summary>
    public async Task<string> NextAsync() => await _unread.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public async Task<int> NextNumberAsync() =>
        int.Parse(await NextAsync(), System.Globalization.CultureInfo.InvariantCulture);
}
