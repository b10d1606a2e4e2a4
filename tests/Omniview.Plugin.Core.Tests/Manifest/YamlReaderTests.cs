using System.Text;

namespace Omniview.Plugin.Core.Tests.Manifest;

public sealed class YamlReaderTests
{
    private const string Valid = "id: a\nversion: 1.0.0\ncapabilities: [ui]\n";

    [Theory]
    [InlineData("id: a\nname: 'unclosed\n", "OVP1005 error 2,7")]
    [InlineData("id: a: b\n", "OVP1005 error 1,6")]
    [InlineData("id: \"\\q\"\n", "OVP1005 error 1,5")]
    [InlineData("name: @x\n", "OVP1005 error 1,7")]
    [InlineData("{id: a", "OVP1005 error 1,7")]
    [InlineData("id: |\n  x\n y\n", "OVP1005 error 3,2")]
    [InlineData("id: *gone\n", "OVP1005 error 1,5")]
    [InlineData("id: !u!x y\n", "OVP1005 error 1,5")]
    [InlineData("%YAML 9.9\n---\nid: a\n", "OVP1005 error 1,1")]
    [InlineData("id: !<> x\n", "OVP1005 error 1,5")]
    [InlineData("id: a\nname: \"\\UFFFFFFFF\"\n", "OVP1005 error 2,7")]
    [InlineData("id: a\ncapabilities: [ui\nname: x\n", "OVP1005 error 2,15")]
    [InlineData("capabilities:\n  - ui\n - log\n", "OVP1005 error 3,2")]
    [InlineData("id: a\nversion 1.0.0\nname: x\n", "OVP1005 error 2,1")]
    public void What_is_not_yaml_is_shown_where_it_breaks(string yaml, string expected) => Check(yaml, expected);

    [Theory]
    [InlineData("author:\n\tname: x\n", 2, 1)]
    [InlineData("id: a\n\tname: x\n", 2, 1)]
    [InlineData("\tid: a\n", 1, 1)]
    [InlineData("a:\n  b:\n  \tc: 1\n", 3, 3)]
    [InlineData("a:\n\t- x\n", 2, 1)]
    [InlineData("a:\n  - x\n\t- y\n", 3, 1)]
    [InlineData("a:\n\tx\n", 2, 1)]
    [InlineData("a:\n\t[x]\n", 2, 1)]
    public void A_tab_as_indentation_is_shown_where_it_is(string yaml, int line, int column)
    {
        var result = PluginFolder.Read(yaml);

        Assert.Equal($"OVP1005 error {line},{column}", PluginFolder.Brief(result));
        Assert.Contains("indented with a tab", result.Diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Valid + "---\nid: b\n", "OVP1005 error 4,1")]
    [InlineData(Valid + "---\n", "OVP1005 error 4,1")]
    [InlineData("---\n---\n" + Valid, "OVP1005 error 2,1")]
    [InlineData(Valid + "...\n\nid: b\n", "OVP1005 error 6,1")]
    public void A_second_document_is_not_read(string yaml, string expected) => Check(yaml, expected);

    [Theory]
    [InlineData(Valid + "id: b\n", "OVP1006 error 4,1")]
    [InlineData(Valid + "\"id\": b\n'id': c\n", "OVP1006 error 4,1; OVP1006 error 5,1")]
    [InlineData(Valid + "author:\n  name: x\n  email: y\n  name: z\n", "OVP1006 error 7,3")]
    [InlineData(Valid + "maintainers: [{name: x, name: y}, {name: z}]\n", "OVP1006 error 4,25")]
    [InlineData(Valid + "x: &k id\n*k : b\n", "OVP1006 error 5,1")]
    [InlineData(Valid + "author: {id: b}\nId: c\n", "")]
    [InlineData(Valid + "id: b\nname: [\n", "OVP1006 error 4,1; OVP1005 error 6,1")]
    public void A_key_that_comes_twice_is_shown_at_its_second_place(string yaml, string expected) => Check(
        yaml, expected);

    [Fact]
    public void A_second_key_names_the_line_of_the_first()
    {
        var problem = Assert.Single(PluginFolder.Read($"# a word\n{Valid}\n\nid: b\n").Diagnostics);

        Assert.Equal("The key 'id' is already on line 2. Keep one of the two.", problem.Message);
    }

    [Theory]
    [InlineData(
        "a: b: c\n",
        "Not valid YAML: While scanning a plain scalar value, found invalid mapping. Quote a value that holds ': ', " +
        "and start the keys of one mapping in the same column."
    )]
    [InlineData(
        "a: [b\nc: d\n",
        "Not valid YAML: The value here does not end: close its bracket, and indent its further lines by at least " +
        "one space."
    )]
    [InlineData(
        "a:\n  - b\n - c\n",
        "Not valid YAML: While parsing a block mapping, did not find expected key. Start the lines of one mapping " +
        "or list in the same column, and put ': ' behind a key."
    )]
    [InlineData(
        "a: @b\n",
        "Not valid YAML: While scanning for the next token, found character that cannot start any token. Quote a " +
        "value that starts with such a sign."
    )]
    [InlineData("a: *b\n", "The alias '*b' has no anchor before it. Quote it if it is meant as text.")]
    public void Messages_say_what_to_do_and_hold_no_second_position(string yaml, string expected)
    {
        Assert.Equal(expected, Assert.Single(PluginFolder.Read(yaml).Diagnostics).Message);
    }

    [Theory]
    [InlineData('[', 1, 65)]
    [InlineData('{', 1, 65)]
    public void Deep_nesting_is_an_error_and_no_stack_overflow(char bracket, int line, int column)
    {
        Check(new string(bracket, 10_000), $"OVP1005 error {line},{column}");
        Check(new string(bracket, 1024 * 1024), $"OVP1005 error {line},{column}");
    }

    [Fact]
    public void Deep_nesting_by_indentation_is_an_error_too()
    {
        Check(string.Concat(Enumerable.Repeat("- ", 10_000)), "OVP1005 error 1,129");
        Check(string.Concat(
            Enumerable.Range(0, 1000).Select(depth => $"{new string(' ', depth)}a:\n")), "OVP1005 error 65,65");
    }

    [Fact]
    public void An_alias_bomb_stays_small()
    {
        var bomb = new StringBuilder("l0: &l0 [x, x]\n");
        for (var level = 1; level < 60; level++)
        {
            bomb.Append(null, $"l{level}: &l{level} [{string.Join(", ", Enumerable.Repeat($"*l{level - 1}", 10))}]\n");
        }

        Check(bomb + Valid, "");
    }

    private static void Check(string yaml, string expected) =>
        Assert.Equal(expected, PluginFolder.Brief(PluginFolder.Read(yaml)));
}
