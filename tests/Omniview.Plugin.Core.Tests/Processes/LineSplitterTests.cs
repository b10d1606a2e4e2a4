using System.Text;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Tests.Processes;

public sealed class LineSplitterTests
{
    [Fact]
    public async Task Cuts_at_line_ends_and_keeps_an_unfinished_last_line()
    {
        Assert.Equal(["one", "two", "", "three"], (await Split("one\r\ntwo\n\nthree")).Select(line => line.Text));
    }

    [Fact]
    public async Task Shows_the_start_of_a_very_long_line_and_counts_the_rest()
    {
        var lines = await Split(new string('x', 5 * 1024 * 1024) + "\ndone");

        Assert.Equal(LineSplitter.ShownBytes, lines[0].Text.Length);
        Assert.Equal((5 * 1024 * 1024) - LineSplitter.ShownBytes, lines[0].ElidedBytes);
        Assert.Equal("done", lines[1].Text);
    }

    [Fact]
    public async Task Reads_what_is_not_utf8_with_replacement_signs()
    {
        var lines = new List<OutputLine>();
        await new LineSplitter(isError: true, lines.Add).ReadToEndAsync(new MemoryStream(
            [(byte)'a', 0xFF, (byte)'b', (byte)'\n']));

        Assert.Equal([new OutputLine("a\uFFFDb", IsError: true)], lines);
    }

    private static async Task<List<OutputLine>> Split(string text)
    {
        var lines = new List<OutputLine>();
        await new LineSplitter(isError: false, lines.Add).ReadToEndAsync(
            new MemoryStream(Encoding.UTF8.GetBytes(text)));
        return lines;
    }
}
