using Omniview.Plugin.Core.Manifest;

namespace Omniview.Plugin.Core.Tests.Manifest;

public sealed class CapabilityTests
{
    [Theory]
    [InlineData("UI", "ui")]
    [InlineData("iu", "ui")]
    [InlineData("uis", "ui")]
    [InlineData(" ui ", "ui")]
    [InlineData("resources", "resource")]
    [InlineData("resuorce", "resource")]
    [InlineData("network", "networker")]
    [InlineData("logs", "log")]
    [InlineData("metrics", "metric")]
    [InlineData("setting", "settings")]
    [InlineData("telepathy", null)]
    [InlineData("ab", null)]
    [InlineData("", null)]
    public void The_nearest_known_capability_is_found_when_it_is_near(string written, string? expected)
    {
        Assert.Equal(expected, Capability.Nearest(written));
    }

    [Fact]
    public void A_very_long_name_is_near_nothing() => Assert.Null(Capability.Nearest(new string('u', 1_000_000)));
}
