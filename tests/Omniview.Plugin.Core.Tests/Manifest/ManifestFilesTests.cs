namespace Omniview.Plugin.Core.Tests.Manifest;

public sealed class ManifestFilesTests
{
    private const string Both = "id: a\nversion: 1.0.0\ncapabilities:\n  - ui\n  - log\n  - exec\n";

    [Fact]
    public void A_backend_without_its_folder_is_shown_at_the_first_capability_that_needs_it()
    {
        using var folder = new PluginFolder();
        folder.RemoveFolder("pkg");

        var result = folder.ReadText(Both);

        Assert.Equal("OVP1012 error 5,5", PluginFolder.Brief(result));
        Assert.Equal(
            "The capability 'log' needs a Go part, and there is no folder pkg. Put its main package there " +
            "(pkg/main.go), or remove the capability.",
            result.Diagnostics[0].Message);
    }

    [Theory]
    [InlineData("plugin.go", "")]
    [InlineData("main_test.go", "OVP1012 error 5,5")]
    [InlineData("_main.go", "OVP1012 error 5,5")]
    [InlineData(".main.go", "OVP1012 error 5,5")]
    [InlineData("main.go.txt", "OVP1012 error 5,5")]
    [InlineData("sub/main.go", "OVP1012 error 5,5")]
    public void A_backend_needs_a_source_that_go_builds(string source, string expected)
    {
        using var folder = new PluginFolder();
        folder.Remove("pkg/main.go");
        folder.Write($"pkg/{source}", "package main\n");

        Assert.Equal(expected, PluginFolder.Brief(folder.ReadText(Both)));
    }

    [Theory]
    [InlineData("ui/package.json", "there is no ui/package.json.")]
    [InlineData("ui/vite.config.ts", "there is no ui/vite.config.ts (or .js, .mts, .mjs, .cts, .cjs).")]
    public void A_ui_says_which_of_its_files_is_missing(string missing, string expected)
    {
        using var folder = new PluginFolder();
        folder.Remove(missing);

        var result = folder.ReadText(Both);

        Assert.Equal("OVP1013 error 4,5", PluginFolder.Brief(result));
        Assert.Contains(expected, result.Diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ui_without_anything_is_one_problem_that_names_both_files()
    {
        using var folder = new PluginFolder();
        folder.RemoveFolder("ui");

        var result = folder.ReadText(Both);

        Assert.Equal("OVP1013 error 4,5", PluginFolder.Brief(result));
        Assert.Contains(
            "no ui/package.json and no ui/vite.config.ts", result.Diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("js")]
    [InlineData("mts")]
    [InlineData("mjs")]
    [InlineData("cts")]
    [InlineData("cjs")]
    public void Any_config_file_that_vite_takes_will_do(string extension)
    {
        using var folder = new PluginFolder();
        folder.Remove("ui/vite.config.ts");
        folder.Write($"ui/vite.config.{extension}", "export default {}\n");

        Assert.Empty(folder.ReadText(Both).Diagnostics);
    }

    [Theory]
    [InlineData("ui", "pkg")]
    [InlineData("log", "ui")]
    public void A_part_that_no_capability_asks_for_may_be_missing(string capability, string missing)
    {
        using var folder = new PluginFolder();
        folder.RemoveFolder(missing);

        Assert.Empty(folder.ReadText($"id: a\nversion: 1.0.0\ncapabilities: [{capability}]\n").Diagnostics);
    }
}
