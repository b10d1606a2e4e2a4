using Omniview.Plugin.Core.Go.Commands;

namespace Omniview.Plugin.Core.Tests.Go;

public sealed class GoMemoryTests
{
    private const long GiB = 1L << 30;

    [Theory]
    [InlineData(24 * GiB, 2, 768L << 20)]
    [InlineData(32 * GiB, 64, GiB / 4)]
    [InlineData(2 * GiB, 4, GiB / 4)]
    public void All_compilers_at_once_take_no_more_than_half_of_the_machine(long memory, int processors, long limit)
    {
        Assert.Equal(
            [new("GOGC", "off"), new("GOMEMLIMIT", limit.ToString(System.Globalization.CultureInfo.InvariantCulture))],
            GoMemory.For(new Dictionary<string, string?>(), memory, processors));
    }

    [Fact]
    public void With_little_memory_they_work_as_ever()
    {
        Assert.Empty(GoMemory.For(new Dictionary<string, string?>(), GiB / 2, 8));
    }

    [Theory]
    [InlineData("GOGC")]
    [InlineData("GOMEMLIMIT")]
    public void What_the_author_has_set_stays(string name)
    {
        Assert.Empty(GoMemory.For(new Dictionary<string, string?> { [name] = "50" }, 24 * GiB, 2));
    }
}
