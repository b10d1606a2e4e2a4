using Omniview.Plugin.Core.Manifest;

namespace Omniview.Plugin.Core.Tests.Manifest;

public sealed class PluginIdTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("0")]
    [InlineData("my-plugin")]
    [InlineData("my_plugin.v2")]
    [InlineData("a..b")]
    [InlineData("console")]
    [InlineData("com")]
    [InlineData("com10")]
    [InlineData("my.con")]
    public void Names_of_folders_on_every_system_are_legal(string id) => Assert.Null(PluginId.Problem(id));

    [Theory]
    [InlineData("", "is empty;")]
    [InlineData(".", "means a folder;")]
    [InlineData("..", "means a folder;")]
    [InlineData("../x", "holds '/', which would make it a path;")]
    [InlineData("a/b", "holds '/', which would make it a path;")]
    [InlineData(@"a\b", @"holds '\', which would make it a path;")]
    [InlineData(@"C:\x", @"holds '\', which would make it a path;")]
    [InlineData("c:x", "holds ':';")]
    [InlineData("CON", "is the name of a device on Windows;")]
    [InlineData("con.txt", "is the name of a device on Windows;")]
    [InlineData("nul", "is the name of a device on Windows;")]
    [InlineData("aux.", "is the name of a device on Windows;")]
    [InlineData("prn .x", "is the name of a device on Windows;")]
    [InlineData("com0", "is the name of a device on Windows;")]
    [InlineData("LPT9.tar.gz", "is the name of a device on Windows;")]
    [InlineData("My.Plugin", "holds upper-case letters; write 'my.plugin'")]
    [InlineData("MY PLUGIN", "holds ' ';")]
    [InlineData("a.", "ends with '.', which Windows drops from names;")]
    [InlineData("a ", "holds ' ';")]
    [InlineData(" a", "holds ' ';")]
    [InlineData("a\n", @"holds '\n';")]
    [InlineData("a\0", @"holds '\u0000';")]
    [InlineData(".hidden", "starts with '.';")]
    [InlineData("-rf", "starts with '-';")]
    [InlineData("_a", "starts with '_';")]
    [InlineData("É", "holds 'É';")]
    [InlineData("a😀", "holds '😀';")]
    [InlineData("a\u202Eb", @"holds '\u202E';")]
    [InlineData("١", "holds '١';")] // a digit, but none of ASCII
    public void All_else_is_said_with_what_is_wrong_and_what_to_do(string id, string expected)
    {
        Assert.StartsWith(expected, PluginId.Problem(id), StringComparison.Ordinal);
    }

    [Fact]
    public void Up_to_128_characters_are_legal()
    {
        Assert.Null(PluginId.Problem(new string('a', 128)));
        Assert.StartsWith(
            "has 129 characters; use 1 to 128 ", PluginId.Problem(new string('a', 129)), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_what_the_documented_pattern_matches_is_legal()
    {
        for (var c = '\0'; c < '\uFFFF'; c++)
        {
            Assert.Equal(c is (>= 'a' and <= 'z') or (>= '0' and <= '9'), PluginId.Problem($"{c}") is null);
            Assert.Equal(
                c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '_' or '-',
                PluginId.Problem($"a{c}b") is null);
        }
    }
}
