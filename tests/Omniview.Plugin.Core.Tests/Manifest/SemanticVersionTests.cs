using Omniview.Plugin.Core.Manifest;

namespace Omniview.Plugin.Core.Tests.Manifest;

public sealed class SemanticVersionTests
{
    [Theory]
    [InlineData("0.0.0")]
    [InlineData("1.2.3")]
    [InlineData("10.20.30-alpha.1")]
    [InlineData("1.0.0-0A.is.legal")]
    [InlineData("1.0.0--")]
    [InlineData("1.0.0+20130313144700")]
    [InlineData("1.0.0-beta+exp.sha.5114f85")]
    [InlineData("99999999999999999999.0.0")]
    public void Semantic_versions_are_legal(string version) => Assert.True(SemanticVersion.IsLegal(version));

    [Theory]
    [InlineData("1", "1.0.0")]
    [InlineData("1.10", "1.10.0")]
    [InlineData("v1.2.3", "1.2.3")]
    [InlineData(" V2 ", "2.0.0")]
    [InlineData("1.2.3\n", "1.2.3")]
    [InlineData("01.2.3", null)]
    [InlineData("1.2.3.4", null)]
    [InlineData("1.2.3-", null)]
    [InlineData("1.2.3-01", null)]
    [InlineData("1.2.3+", null)]
    [InlineData("1.0.0-beta_1", null)]
    [InlineData("١.0.0", null)]
    [InlineData("latest", null)]
    [InlineData("../../x", null)]
    [InlineData("", null)]
    public void All_else_is_not_and_near_misses_are_corrected(string version, string? nearest)
    {
        Assert.False(SemanticVersion.IsLegal(version));
        Assert.Equal(nearest, SemanticVersion.Nearest(version));
    }
}
