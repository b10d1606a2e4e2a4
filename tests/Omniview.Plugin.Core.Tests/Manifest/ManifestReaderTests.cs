using System.Text;
using Omniview.Plugin.Core.Manifest;

namespace Omniview.Plugin.Core.Tests.Manifest;

public sealed class ManifestReaderTests
{
    private const string Whole = """
        # what the plugin is
        id: hello-omniview   # and a word on it
        name: Hello Omniview
        version: 0.1.0
        description: "The smallest: one"
        capabilities:
          - resource
          - ui

        """;

    [Fact]
    public void Reads_what_a_manifest_says()
    {
        using var folder = new PluginFolder();

        var result = folder.ReadText(Whole);

        Assert.Empty(result.Diagnostics);
        var manifest = result.Manifest!;
        Assert.Equal(folder.Manifest, manifest.File);
        Assert.Equal("hello-omniview", manifest.Id);
        Assert.Equal("Hello Omniview", manifest.Name);
        Assert.Equal("0.1.0", manifest.Version);
        Assert.Equal("The smallest: one", manifest.Description);
        Assert.Equal(["resource", "ui"], manifest.Capabilities);
        Assert.True(manifest.HasBackend && manifest.HasUi);
    }

    [Fact]
    public void Shows_no_more_problems_than_a_person_reads_and_none_of_the_errors_less()
    {
        using var folder = new PluginFolder();
        var unknown = string.Join(", ", Enumerable.Range(0, 500).Select(number => $"unknown-{number}"));

        var result = folder.ReadText($"version: 1.0.0\ncapabilities: [{unknown}]\n");

        Assert.Null(result.Manifest);
        Assert.Equal(ManifestReader.MostShown, result.Diagnostics.Count);
        Assert.Contains(result.Diagnostics, problem => problem.Code == "OVP1007");
    }

    [Theory]
    [InlineData("[ui]", false, true)]
    [InlineData("[settings]", true, false)]
    [InlineData("[ui, exec]", true, true)]
    public void Capabilities_decide_which_parts_there_are(string capabilities, bool hasBackend, bool hasUi)
    {
        var manifest = PluginFolder.Read($"id: a\nversion: 1.0.0\ncapabilities: {capabilities}\n").Manifest!;

        Assert.Equal((hasBackend, hasUi), (manifest.HasBackend, manifest.HasUi));
    }

    [Theory]
    [InlineData("")]
    [InlineData("name:\n")]
    [InlineData("name: ~\n")]
    [InlineData("name: ''\n")]
    public void The_name_defaults_to_the_id(string name)
    {
        var result = PluginFolder.Read($"id: my-plugin\nversion: 1.0.0\n{name}capabilities: [ui]\n");

        Assert.Empty(result.Diagnostics);
        Assert.Equal("my-plugin", result.Manifest!.Name);
        Assert.Null(result.Manifest.Description);
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Line_ends_of_every_system_read_alike(string lineEnd)
    {
        var manifest = PluginFolder.Read(Whole.Replace("\n", lineEnd, StringComparison.Ordinal)).Manifest!;

        Assert.Equal("hello-omniview", manifest.Id);
        Assert.Equal("The smallest: one", manifest.Description);
        Assert.Equal(["resource", "ui"], manifest.Capabilities);
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_text()
    {
        var result = PluginFolder.Read(
            [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes("name: é\nversion: 1.0.0\ncapabilities: [ui]\n")]);

        Assert.Equal("OVP1007 error 1,1", PluginFolder.Brief(result));
    }

    [Theory]
    [InlineData("{id: a, version: 1.0.0, capabilities: [ui]}")]
    [InlineData("{\n\t\"id\": \"a\",\n\t\"version\": \"1.0.0\",\n\t\"capabilities\": [\"ui\"]\n}")]
    [InlineData("%YAML 1.2\n---\n'id': 'a'\n\"version\": >-\n  1.0.0\ncapabilities:\n- ui\n...\n")]
    [InlineData("x: &v 1.0.0\nid: &a a\nversion: *v\ncapabilities: &c [ui]\nagain: *c\n")]
    [InlineData("x: &c [ui]\nid: !!str a\nversion: 1.0.0\ncapabilities: *c\n")]
    [InlineData("id: a\nversion: 1.0.0\ncapabilities: [ui, 'ui', \"ui\"]\n")]
    [InlineData(
        "id: a\nversion: 1.0.0\ncapabilities: [ui]\n"
            + "theme: {colors: {primary: '#fff'}}\n? [odd, key]\n: ~\n? {x: 1}\n: []\n")]
    [InlineData("id: a\nversion: 1.0.0\ncapabilities: [ui]\nreadme: |\n  tabs\n  \tare text here\n")]
    public void Every_style_of_yaml_says_the_same(string yaml)
    {
        var result = PluginFolder.Read(yaml);

        Assert.Empty(result.Diagnostics);
        Assert.Equal(("a", "1.0.0"), (result.Manifest!.Id, result.Manifest.Version));
        Assert.Equal(["ui"], result.Manifest.Capabilities);
    }

    [Theory]
    [InlineData("123", "123")]
    [InlineData("true", "true")]
    [InlineData("0x10", "0x10")]
    [InlineData("1.10", "1.10")]
    [InlineData("2026-01-02", "2026-01-02")]
    [InlineData("'null'", "null")]
    [InlineData("!!str null", "null")]
    [InlineData("! null", "null")]
    public void Scalars_are_taken_as_they_are_written(string written, string id)
    {
        var result = PluginFolder.Read($"id: {written}\nversion: 1.0.0\ncapabilities: [ui]\n");

        Assert.Empty(result.Diagnostics);
        Assert.Equal(id, result.Manifest!.Id);
    }

    [Fact]
    public void A_warning_leaves_the_manifest_usable_and_the_version_as_it_was()
    {
        var result = PluginFolder.Read("id: a\nversion: 1.10\ncapabilities: [ui, telepathy]\n");

        Assert.Equal("OVP1016 warning 2,10; OVP1011 warning 3,20", PluginFolder.Brief(result));
        Assert.Equal("1.10", result.Manifest!.Version);
        Assert.Equal(["ui", "telepathy"], result.Manifest.Capabilities);
    }

    [Fact]
    public void A_merge_key_brings_nothing_in()
    {
        Assert.Equal(
            "OVP1007 error 1,1", PluginFolder.Brief(PluginFolder.Read("base: &b {id: a}\n<<: *b\nversion: " +
            "1.0.0\ncapabilities: [ui]\n")));
    }

    [Fact]
    public void Says_everything_that_is_wrong_in_the_order_of_the_file()
    {
        const string Yaml = """
            version: one
            name: [a]
            capabilities:
              - uii
              - 
              - ui
            description: {}
            id: ../x
            version: two
            """;
        using var folder = new PluginFolder();
        folder.RemoveFolder("pkg");
        folder.Remove("ui/package.json");

        var result = folder.ReadText(Yaml);

        Assert.Null(result.Manifest);
        Assert.Equal(
            "OVP1016 warning 1,10; OVP1014 error 2,7; OVP1011 warning 4,5; OVP1012 error 4,5; OVP1014 error 5,4; " +
            "OVP1013 error 6,5; " +
            "OVP1014 error 7,14; OVP1008 error 8,5; OVP1006 error 9,1",
            PluginFolder.Brief(result));
        Assert.All(result.Diagnostics, problem => Assert.Equal(folder.Manifest, problem.File));
    }

    [Fact]
    public void A_relative_folder_gives_an_absolute_file()
    {
        using var folder = new PluginFolder();
        folder.Write("plugin.yaml", Whole);

        var result = ManifestReader.Read(Path.GetRelativePath(Environment.CurrentDirectory, folder.Path));

        Assert.Equal(folder.Manifest, result.Manifest!.File);
    }
}
