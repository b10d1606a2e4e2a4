using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.Tests.Watching;

public sealed class ContentHashTests
{
    /// <summary>Bytes 3, 10, 17, …; what <c>xxhsum -H1</c> 0.8.1 prints for them.</summary>
    [Theory]
    [InlineData(0, 0xef46db3751d8e999)]
    [InlineData(1, 0x1f25c8d0bc1f4bb6)]
    [InlineData(3, 0x31d2363f52e564c9)]
    [InlineData(4, 0x9bb64b7d66ee9fda)]
    [InlineData(8, 0xdab99d95c6f90092)]
    [InlineData(31, 0xa2aa5f33cc4a6119)]
    [InlineData(32, 0x23c3c17ef790fd97)]
    [InlineData(33, 0x50a7cfc7ba588784)]
    [InlineData(100, 0xa61f8d4c170fe531)]
    [InlineData(65536, 0x2c8c45ae2313f2ee)]
    [InlineData(200_000, 0x3dc547ae4c06f1a3)]
    public void It_is_that_of_other_programs_in_one_piece_and_as_a_stream(int length, ulong expected)
    {
        var content = Enumerable.Range(0, length).Select(i => (byte)((i * 7) + 3)).ToArray();

        Assert.Equal((expected, expected), (ContentHash.Of(content), ContentHash.Of(new MemoryStream(content))));
    }
}
