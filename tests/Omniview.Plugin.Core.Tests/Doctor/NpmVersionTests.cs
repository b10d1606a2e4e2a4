using Omniview.Plugin.Core.Doctor;
using Omniview.Plugin.Core.Ui.Packages;
using Semver;

namespace Omniview.Plugin.Core.Tests.Doctor;

public sealed class NpmVersionTests
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
    [InlineData(">=8.0.0-beta.10", "8.0.0-beta.10 8.0.0-beta.11 8.0.0-rc.1 8.0.0", "8.0.0-beta.9 8.0.0-alpha.11")]
    [InlineData(">=18", "18.0.0-rc.1 24.0.0-nightly20260101", "17.9.9-rc.1")] // as npm: the engine's candidates are in
    [InlineData("*", "0.0.0 99.0.0", "")]
    [InlineData("", "1.2.3", "")]
    public void A_range_has_these_versions_and_not_those(string text, string these, string those)
    {
        Assert.All(Versions(these), version => Assert.False(version.IsOutside(text), version.ToString()));
        Assert.All(Versions(those), version => Assert.True(version.IsOutside(text), version.ToString()));
    }

    [Theory]
    [InlineData("latest")]
    [InlineData(">=")]
    [InlineData(">=18,<20")]
    [InlineData(null)]
    public void Of_what_is_no_range_nothing_is_said(string? text) =>
        Assert.All(Versions("0.0.0 18.0.0 99.0.0"), version => Assert.False(version.IsOutside(text)));

    [Theory]
    [InlineData("v22.1.0", "22.1.0")]
    [InlineData("10.0.0-rc.1+sha512.0a1b", "10.0.0-rc.1")]
    [InlineData("20", null)]
    [InlineData("latest", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_version_has_three_numbers(string? text, string? version) =>
        Assert.Equal(version, NpmVersion.TryParse(text, out var parsed) ? parsed.ToString() : null);

    [Fact]
    public void Versions_come_in_the_order_of_their_numbers_and_before_a_release_its_candidates()
    {
        string[] sorted =
        [
            "7.9.0", "7.10.0", "8.0.0-alpha.10", "8.0.0-beta.1", "8.0.0-beta.2", "8.0.0-beta.9", "8.0.0-beta.10",
            "8.0.0-beta.x", "8.0.0-rc.1", "8.0.0",
        ];

        Assert.Equal(
            sorted,
            Versions(string.Join(' ', sorted.Reverse())).Order(SemVersion.PrecedenceComparer)
                .Select(version => version.ToString()));
    }

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

    private static IEnumerable<SemVersion> Versions(string texts) =>
        texts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text =>
    {
        Assert.True(NpmVersion.TryParse(text, out var version), text);
        return version!;
    });
}
