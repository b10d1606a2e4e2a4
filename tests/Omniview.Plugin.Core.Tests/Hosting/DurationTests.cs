using Omniview.Plugin.Core.Text;

namespace Omniview.Plugin.Core.Tests.Hosting;

public sealed class DurationTests
{
    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(149.6, "150 ms")]
    [InlineData(999.6, "1 s")]
    [InlineData(1500, "1.5 s")]
    [InlineData(9949, "9.9 s")]
    [InlineData(9960, "10 s")]
    [InlineData(59_499, "59 s")]
    [InlineData(59_600, "1 min 0 s")]
    [InlineData(404_295, "6 min 44 s")]
    [InlineData(3_599_700, "1 h 0 min")]
    [InlineData(7_500_000, "2 h 5 min")]
    public void Is_as_precise_as_its_length_makes_sense_of(double milliseconds, string text) =>
        Assert.Equal(text, Duration.Text(milliseconds));
}
