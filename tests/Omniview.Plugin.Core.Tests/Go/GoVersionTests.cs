using Omniview.Plugin.Core.Go.Toolchain;

namespace Omniview.Plugin.Core.Tests.Go;

public sealed class GoVersionTests
{
    [Theory]
    [InlineData("go1.25.3", 1, 25, 3, null)]
    [InlineData("1.25", 1, 25, 0, null)]
    [InlineData("go1.27rc1", 1, 27, 0, "rc1")]
    [InlineData("go version go1.26.1 X:nodwarf5 linux/amd64", 1, 26, 1, null)]
    [InlineData("go version go1.24.4 windows/arm64", 1, 24, 4, null)]
    [InlineData("go version devel go1.28-3f1a2b Mon Nov 2 2026 linux/amd64", 1, 28, 0, null)]
    [InlineData("go1.21.4-bigcorp", 1, 21, 4, null)]
    [InlineData("go1.22.0+auto", 1, 22, 0, null)]
    public void Reads_what_toolchains_and_module_files_say(string text, int major, int minor, int patch, string? pre)
    {
        Assert.True(GoVersion.TryParse(text, out var version));
        Assert.Equal(new GoVersion(major, minor, patch, pre), version);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("go")]
    [InlineData("go1")]
    [InlineData("1.x")]
    [InlineData("1.25.3.4")]
    [InlineData("gopher1.25")]
    [InlineData("1.99999999999999999999")]
    public void Rejects_what_is_no_version(string? text)
    {
        Assert.False(GoVersion.TryParse(text, out _));
    }

    [Fact]
    public void Sorts_releases_after_their_candidates_and_numbers_as_numbers()
    {
        string[] sorted = ["1.9.7", "1.21.0", "1.25beta1", "1.25rc2", "1.25rc10", "1.25", "1.25.3", "1.25.10", "2.0"];

        Assert.Equal(sorted, sorted.Reverse().OrderBy(Parse));
        Assert.True(Parse("1.9.7") < Parse("1.25rc2"));
        Assert.True(Parse("1.25") >= Parse("1.25.0"));
    }

    [Theory]
    [InlineData("go1.25.3", "1.25.3")]
    [InlineData("go1.27rc1", "1.27rc1")]
    public void Prints_itself_as_go_does(string text, string expected)
    {
        Assert.Equal(expected, Parse(text).ToString());
    }

    private static GoVersion Parse(string text) =>
        GoVersion.TryParse(text, out var version) ? version : throw new FormatException(text);
}
