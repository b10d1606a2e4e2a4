using System.Text.Json;
using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Tests.Ui;

public sealed class RealUiBuildTests(RealUi ui) : IClassFixture<RealUi>
{
    private string Entry => ui.Folder["ui/dist/assets/entry.js"];

    [Fact]
    public void A_fresh_clone_is_installed_and_built()
    {
        Assert.True(ui.FirstBuild.Success, string.Join('\n', ui.FirstBuild.Diagnostics));
        Assert.Equal((true, true, ui.Folder["ui/dist/assets"]), (ui.FirstBuild.InstallRan, ui.FirstBuild.BuildRan, ui.FirstBuild.AssetsDirectory));
    }

    [Fact]
    public async Task The_output_is_a_SystemJS_module_whose_source_map_leads_to_the_source()
    {
        await GoodBuild();

        Assert.StartsWith("System.register(", await File.ReadAllTextAsync(Entry, Cancellation));
        using var map = JsonDocument.Parse(await File.ReadAllTextAsync(Entry + ".map", Cancellation));
        var source = map.RootElement.GetProperty("sources")[0].GetString()!;
        Assert.Equal(ui.Folder["ui/src/entry.ts"], Path.GetFullPath(source, Path.GetDirectoryName(Entry)!));
    }

    [Fact]
    public async Task A_second_build_starts_nothing()
    {
        await GoodBuild();

        var result = await ui.BuildAsync();

        Assert.Equal((true, false, false), (result.Success, result.InstallRan, result.BuildRan));
    }

    [Fact]
    public async Task A_syntax_error_has_its_place_and_the_old_output_stays()
    {
        await GoodBuild();
        var before = await File.ReadAllTextAsync(Entry, Cancellation);

        var problem = await Fails("src/entry.ts", "export const plugin = {\n  name: 'tiny';\n};\n");

        Assert.Equal((DiagnosticCodes.ViteBuildFailed, ui.Folder["ui/src/entry.ts"], 2, 15), (problem.Code, problem.File, problem.Line, problem.Column));
        Assert.Equal("Expected \"}\" but found \";\"", problem.Message);
        Assert.Equal(before, await File.ReadAllTextAsync(Entry, Cancellation));
    }

    [Theory]
    [InlineData("import x from './nope';\nexport const plugin = x;\n", 1, 15)]
    [InlineData("import { defineConfig } from 'vite/package.json';\nexport const plugin = defineConfig;\n", 1, 10)]
    [InlineData("\nimport x from \"nope-pkg\";\nexport const plugin = x;\n", 2, 15)]
    public async Task An_import_of_what_is_not_there_has_its_place(string source, int line, int column)
    {
        var problem = await Fails("src/entry.ts", source);

        Assert.Equal((DiagnosticCodes.ViteBuildFailed, ui.Folder["ui/src/entry.ts"], line, column), (problem.Code, problem.File, problem.Line, problem.Column));
    }

    [Fact]
    public async Task A_broken_configuration_is_reported_at_the_configuration()
    {
        var problem = await Fails("vite.config.ts", "export default { plugins: [nobody()] };\n");

        Assert.Equal((ui.Folder["ui/vite.config.ts"], "ReferenceError: nobody is not defined"), (problem.File, problem.Message));
    }

    [Fact]
    public async Task An_ES_module_is_OVP5004_at_the_configuration_and_the_old_output_stays()
    {
        await GoodBuild();

        var problem = await Fails("vite.config.ts", RealUi.Config.Replace("'system'", "'es'"));

        Assert.Equal((DiagnosticCodes.EntryNotSystemJs, ui.Folder["ui/vite.config.ts"]), (problem.Code, problem.File));
        Assert.StartsWith("System.register(", await File.ReadAllTextAsync(Entry, Cancellation));
    }

    [Fact]
    public async Task An_entry_of_another_name_is_OVP5003()
    {
        var problem = await Fails("vite.config.ts", RealUi.Config.Replace("[name].js", "main.js"));

        Assert.Equal(DiagnosticCodes.EntryMissing, problem.Code);
        Assert.Contains("main.js, main.js.map", problem.Message);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task GoodBuild()
    {
        ui.WriteGoodSources();
        var result = await ui.BuildAsync();
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
    }

    private async Task<Diagnostic> Fails(string file, string text)
    {
        ui.WriteGoodSources();
        ui.Folder.Write($"ui/{file}", text);
        var result = await ui.BuildAsync();
        Assert.False(result.Success);
        Assert.False(result.InstallRan);
        return Assert.Single(result.Diagnostics);
    }
}
