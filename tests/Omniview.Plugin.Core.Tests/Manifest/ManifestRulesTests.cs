namespace Omniview.Plugin.Core.Tests.Manifest;

public sealed class ManifestRulesTests
{
    private const string Rest = "\nversion: 1.0.0\ncapabilities: [ui]\n";

    [Theory]
    [InlineData("version: 1.0.0\ncapabilities: [ui]\n", "OVP1007 error 1,1")]
    [InlineData("# a word\n---\n\nversion: 1.0.0\ncapabilities: [ui]\n", "OVP1007 error 4,1")]
    [InlineData("ID: a" + Rest, "OVP1007 error 1,1")]
    [InlineData("id:" + Rest, "OVP1007 error 1,4")]
    [InlineData("id: ~" + Rest, "OVP1007 error 1,5")]
    [InlineData("id: null" + Rest, "OVP1007 error 1,5")]
    [InlineData("id: ''" + Rest, "OVP1007 error 1,5")]
    [InlineData("id: '  '" + Rest, "OVP1007 error 1,5")]
    [InlineData("x: &e ~\nid: *e" + Rest, "OVP1007 error 2,5")]
    [InlineData("id: ../x" + Rest, "OVP1008 error 1,5")]
    [InlineData("id: \"a b\"" + Rest, "OVP1008 error 1,5")]
    [InlineData("id: |\n  a" + Rest, "OVP1008 error 1,5")]
    [InlineData("id: &x CON" + Rest, "OVP1008 error 1,5")]
    [InlineData("id: [a]" + Rest, "OVP1014 error 1,5")]
    [InlineData("id:\n  a: b" + Rest, "OVP1014 error 2,3")]
    [InlineData("id:\n- a" + Rest, "OVP1014 error 2,1")]
    public void The_id_must_be_there_and_legal(string yaml, string expected) => Check(yaml, expected);

    [Theory]
    [InlineData("id: a\ncapabilities: [ui]\n", "OVP1009 error 1,1")]
    [InlineData("id: a\nversion:\ncapabilities: [ui]\n", "OVP1009 error 2,9")]
    [InlineData("id: a\nversion: ''\ncapabilities: [ui]\n", "OVP1009 error 2,10")]
    [InlineData("id: a\nversion: {}\ncapabilities: [ui]\n", "OVP1014 error 2,10")]
    [InlineData("id: a\nversion: 1\ncapabilities: [ui]\n", "OVP1016 warning 2,10")]
    [InlineData("id: a\nversion: 1.0\ncapabilities: [ui]\n", "OVP1016 warning 2,10")]
    [InlineData("id: a\nversion: v1.0.0\ncapabilities: [ui]\n", "OVP1016 warning 2,10")]
    [InlineData("id: a\nversion: 1.0.0-rc.1+build.7\ncapabilities: [ui]\n", "")]
    public void The_version_must_be_there_and_should_be_semantic(string yaml, string expected) => Check(yaml, expected);

    [Theory]
    [InlineData("id: a\nversion: 1.0.0\n", "OVP1010 error 1,1")]
    [InlineData("id: a\nversion: 1.0.0\ncapabilities:\n", "OVP1010 error 3,14")]
    [InlineData("id: a\nversion: 1.0.0\ncapabilities: null\n", "OVP1010 error 3,15")]
    [InlineData("id: a\nversion: 1.0.0\ncapabilities: []\n", "OVP1010 error 3,15")]
    [InlineData("id: a\nversion: 1.0.0\ncapabilities: ui\n", "OVP1014 error 3,15")]
    [InlineData("id: a\nversion: 1.0.0\ncapabilities: ''\n", "OVP1014 error 3,15")]
    [InlineData("id: a\nversion: 1.0.0\ncapabilities:\n  ui: true\n", "OVP1014 error 4,3")]
    [InlineData(
        "id: a\nversion: 1.0.0\ncapabilities:\n  - ui: true\n  - [log]\n  -\n",
        "OVP1014 error 4,5; OVP1014 error 5,5; OVP1014 error 6,4"
    )]
    [InlineData("id: a\nversion: 1.0.0\ncapabilities: &c [ui, *c]\n", "OVP1014 error 3,23")]
    [InlineData("id: a\nversion: 1.0.0\ncapabilities: ['', ui, ~]\n", "OVP1014 error 3,16; OVP1014 error 3,24")]
    [InlineData("id: a\nversion: 1.0.0\ncapabilities: [UI, ui]\n", "OVP1011 warning 3,16")]
    [InlineData(
        "id: a\nversion: 1.0.0\ncapabilities:\n- 1\n- '1'\n- true\n- log\n",
        "OVP1011 warning 4,3; OVP1011 warning 6,3"
    )]
    public void Capabilities_must_be_a_list_of_names(string yaml, string expected) => Check(yaml, expected);

    [Theory]
    [InlineData("- id: a\n", "OVP1014 error 1,1")]
    [InlineData("\n  just text\n", "OVP1014 error 2,3")]
    [InlineData("[]", "OVP1014 error 1,1")]
    [InlineData("''", "OVP1014 error 1,1")]
    [InlineData("{}", "OVP1007 error 1,1; OVP1009 error 1,1; OVP1010 error 1,1")]
    [InlineData(
        "id: a\nname: {}\ndescription: []\nversion: 1.0.0\ncapabilities: [ui]\n",
        "OVP1014 error 2,7; OVP1014 error 3,14"
    )]
    public void The_document_must_be_a_mapping_and_its_texts_texts(string yaml, string expected) =>
        Check(yaml, expected);

    [Theory]
    [InlineData("id: My.Plugin" + Rest, "The id 'My.Plugin' holds upper-case letters; write 'my.plugin'.")]
    [InlineData("id: [a]" + Rest, "'id' is a list and must be a text. Write it on one line, as in 'id: …'.")]
    [InlineData("version: 1.0.0\ncapabilities: [ui]", "plugin.yaml has no id. Write it as in 'id: my-plugin'.")]
    [InlineData(
        "id: a\nversion: 1.10\ncapabilities: [ui]", "The version '1.10' is not a semantic version; write '1.10.0'.")]
    [InlineData(
        "id: a\nversion: \"a\\e[31m\\u202Eb\"\ncapabilities: [ui]",
        "The version 'a\\u001B[31m\\u202Eb' is not a semantic version; write three numbers, as in 0.1.0."
    )]
    [InlineData(
        "id: a\nversion: 1.0.0\ncapabilities: [metrics]",
        "The capability 'metrics' is unknown; did you mean 'metric'?"
    )]
    [InlineData(
        "id: a\nversion: 1.0.0\ncapabilities: ui",
        "'capabilities' is a single text and must be a list. List what the plugin has, as in 'capabilities: " +
        "[resource, ui]'."
    )]
    [InlineData(
        "id: a\nversion: 1.0.0\ncapabilities: [~]",
        "This capability is empty and must be a name. List what the plugin has, as in 'capabilities: [resource, ui]'."
    )]
    public void Messages_name_the_value_and_say_what_to_do(string yaml, string expected)
    {
        Assert.Equal(expected, Assert.Single(PluginFolder.Read(yaml).Diagnostics).Message);
    }

    [Fact]
    public void A_long_value_is_cut_in_the_message()
    {
        var message = PluginFolder.Read($"id: {new string('a', 5000)}{Rest}").Diagnostics[0].Message;

        Assert.StartsWith($"The id '{new string('a', 60)}…' has 5000 characters;", message, StringComparison.Ordinal);
    }

    private static void Check(string yaml, string expected)
    {
        var result = PluginFolder.Read(yaml);

        Assert.Equal(expected, PluginFolder.Brief(result));
        Assert.Equal(expected.Contains("error", StringComparison.Ordinal), result.Manifest is null);
    }
}
