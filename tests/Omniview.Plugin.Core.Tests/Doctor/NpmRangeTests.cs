using Omniview.Plugin.Core.Doctor;
using Omniview.Plugin.Core.Ui.Packages;

namespace Omniview.Plugin.Core.Tests.Doctor;

public sealed class NpmRangeTests
{
    [Theory]
    [InlineData("^20.19.0 || >=22.12.0", "20.19.0 22.12.0 24.1.0", "20.18.9 21.7.0 22.11.0")]
    [InlineData(">=18", "18.0.0 99.0.0", "17.9.9")]
    [InlineData(">= 18.1 < 21", "18.1.0 20.99.0", "18.0.9 21.0.0")]
    [InlineData("20", "20.0.0 20.9.1", "19.9.9 21.0.0")]
    [InlineData("20.x", "20.0.0 20.9.1", "19.9.9 21.0.0")]
    [InlineData("~20.5", "20.5.0 20.5.9", "20.4.9 20.6.0")]
    [InlineData("~20.5.3", "20.5.3", "20.5.2 20.6.0")]
    [InlineData("<=20", "20.99.0", "21.0.0")]
    [InlineData(">20", "21.0.0", "20.99.0")]
    [InlineData("^0.2.3", "0.2.3 0.2.9", "0.2.2 0.3.0")]
    [InlineData("^0.0.3", "0.0.3", "0.0.4")]
    [InlineData("18 - 20", "18.0.0 20.99.0", "17.0.0 21.0.0")]
    [InlineData("=20.1.0", "20.1.0", "20.1.1")]
    [InlineData("*", "0.0.0 99.0.0", "")]
    [InlineData("", "1.2.3", "")]
    public void A_range_has_these_versions_and_not_those(string text, string these, string those)
    {
        Assert.True(NpmRange.TryParse(text, out var range));
        Assert.All(Versions(these), version => Assert.True(range.Contains(version), version.ToString()));
        Assert.All(Versions(those), version => Assert.False(range.Contains(version), version.ToString()));
    }

    [Theory]
    [InlineData("latest")]
    [InlineData(">=")]
    [InlineData("99999999999")]
    public void Of_what_is_no_range_nothing_is_said(string text) => Assert.False(NpmRange.TryParse(text, out _));

    [Theory]
    [InlineData("5.4.21", "6.4.3")]
    [InlineData("6.4.2", "6.4.3")]
    [InlineData("6.4.3", null)]
    [InlineData("7.3.5-beta.1", "7.3.5")]
    [InlineData("7.3.8", null)]
    [InlineData("8.0.15", "8.0.16")]
    [InlineData("8.1.0", null)]
    [InlineData("9.0.0", null)]
    public void The_first_safe_vite_is_of_the_same_line_or_the_next(string version, string? safe) =>
        Assert.Equal(safe, ViteVersionCheck.FirstSafe(Versions(version).Single())?.ToString());

    private static IEnumerable<NpmVersion> Versions(string texts) =>
        texts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text =>
    {
        Assert.True(NpmVersion.TryParse(text, out var version), text);
        return version;
    });
}
