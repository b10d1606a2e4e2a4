using System.Text.Json;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Ui.TypeScript;

namespace Omniview.Plugin.Core.Tests.Ui;

[Trait("Windows", "slow")] // npm installs Vite and TypeScript
public sealed class RealUiBuildTests(RealUi ui) : IClassFixture<RealUi>
{
    private string Entry => ui.Folder["ui/dist/assets/entry.js"];

    [Fact]
    public void A_fresh_clone_is_installed_and_built()
    {
        Assert.True(ui.FirstBuild.Success, string.Join('\n', ui.FirstBuild.Diagnostics));
        Assert.Equal(
            (true, true, ui.Folder["ui/dist/assets"]),
            (ui.FirstBuild.InstallRan, ui.FirstBuild.BuildRan, ui.FirstBuild.AssetsDirectory));
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

        Assert.Equal(
            (DiagnosticCodes.ViteBuildFailed, ui.Folder["ui/src/entry.ts"], 2, 15),
            (problem.Code, problem.File, problem.Line, problem.Column));
        Assert.Equal("Expected \"}\" but found \";\"", problem.Message);
        Assert.Equal(before, await File.ReadAllTextAsync(Entry, Cancellation));
    }

    [Theory]
    [InlineData("import x from './nope';\nexport const plugin = x;\n", DiagnosticCodes.ImportNotResolved, 1, 15)]
    [InlineData(
        "import { defineConfig } from 'vite/package.json';\nexport const plugin = defineConfig;\n",
        DiagnosticCodes.ViteBuildFailed,
        1,
        10
    )]
    [InlineData("\nimport x from \"nope-pkg\";\nexport const plugin = x;\n", DiagnosticCodes.ImportNotResolved, 2, 15)]
    public async Task An_import_of_what_is_not_there_has_its_place(string source, string code, int line, int column)
    {
        var problem = await Fails("src/entry.ts", source);

        Assert.Equal(
            (code, ui.Folder["ui/src/entry.ts"], line, column),
            (problem.Code, problem.File, problem.Line, problem.Column));
    }

    [Fact]
    public async Task A_type_error_fails_the_build_until_it_is_mended_and_the_old_output_stays()
    {
        await GoodBuild();
        var before = await File.ReadAllTextAsync(Entry, Cancellation);

        var problem = await Fails(
            "src/entry.ts", "const size: number = 'big';\nexport const plugin = { name: size };\n");

        Assert.Equal(
            ("TS2322", ui.Folder["ui/src/entry.ts"], 1, 7, 11),
            (problem.Code, problem.File, problem.Line, problem.Column, problem.EndColumn));
        Assert.Equal("Type 'string' is not assignable to type 'number'.", problem.Message);
        Assert.Equal(before, await File.ReadAllTextAsync(Entry, Cancellation));
        await GoodBuild();
    }

    [Fact]
    public async Task Type_errors_are_reported_together_with_those_of_Vite_and_not_at_all_when_not_asked_for()
    {
        const string Source =
            "const size: number = 'big';\nimport x from './nope';\nexport const plugin = [size, x];\n";
        ui.WriteGoodSources();
        ui.Folder.Write("ui/src/entry.ts", Source);

        var both = await ui.BuildAsync();
        var viteOnly = await ui.BuildAsync(ui.Request with { TypeCheck = TypeCheckLevel.Off });

        Assert.Equal(
            [(DiagnosticCodes.ImportNotResolved, 2), ("TS2322", 1)],
            both.Diagnostics.Select(one => (one.Code, one.Line)));
        Assert.Equal(
            [(DiagnosticCodes.ImportNotResolved, 2)], viteOnly.Diagnostics.Select(one => (one.Code, one.Line)));
    }

    [Fact]
    public async Task A_tsconfig_that_only_refers_to_others_has_those_checked_and_nothing_is_written_beside_it()
    {
        await GoodBuild();
        ui.Folder.Write(
            "ui/tsconfig.json",
            """{ "files": [], /* as Vite's templates */ "references": [{ "path": "./tsconfig.app.json" }] }""");
        ui.Folder.Write(
            "ui/tsconfig.app.json",
            RealUi.TypeScriptConfig.Replace("{ \"strict\"", "{ \"composite\": true, \"strict\""));
        ui.Folder.Write("ui/src/entry.ts", "const size: number = 'big';\nexport const plugin = { name: size };\n");

        var result = await ui.BuildAsync();
        File.Delete(ui.Folder["ui/tsconfig.app.json"]);

        Assert.Equal("TS2322", Assert.Single(result.Diagnostics).Code);
        Assert.Empty(Directory.EnumerateFiles(ui.Folder["ui"], "*.tsbuildinfo"));
    }

    [Fact]
    public async Task A_broken_configuration_is_reported_at_the_configuration()
    {
        var problem = await Fails("vite.config.ts", "export default { plugins: [nobody()] };\n");

        Assert.Equal(
            (ui.Folder["ui/vite.config.ts"], "ReferenceError: nobody is not defined", 1),
            (problem.File, problem.Message, problem.Line));
    }

    [Fact]
    public async Task What_the_configuration_throws_is_at_the_line_that_throws()
    {
        ui.Folder.Write(
            "ui/needs.ts", "interface Needed { name: string }\n\nexport function need(one: Needed): never {\n  " +
            "throw new Error(one.name + ' is missing');\n}\n");

        var problem = await Fails(
            "vite.config.ts", "import { need } from './needs';\n\nexport default need({ name: 'the licence' });\n");

        Assert.Equal(
            (DiagnosticCodes.ViteBuildFailed, ui.Folder["ui/needs.ts"], 4, "the licence is missing"),
            (problem.Code, problem.File, problem.Line, problem.Message));
    }

    [Fact]
    public async Task Helpers_in_front_of_the_module_are_none_of_its_faults()
    {
        ui.WriteGoodSources();
        ui.Folder.Write("ui/vite.config.ts", RealUi.Config.Replace("sourcemap: true", "target: 'es2020'"));
        ui.Folder.Write("ui/src/entry.ts", "class Counter {\n  n = 1;\n}\n\nexport const plugin = new Counter();\n");

        var result = await ui.BuildAsync();

        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        Assert.StartsWith("var ", await File.ReadAllTextAsync(Entry, Cancellation));
    }

    [Theory]
    [InlineData("tsc && vite build", DiagnosticSeverity.Error)]
    [InlineData("tsc; vite build", DiagnosticSeverity.Warning)]
    [InlineData("vite build", DiagnosticSeverity.Warning)]
    internal async Task A_type_error_is_what_it_is_to_the_script_of_the_ui(string script, DiagnosticSeverity severity)
    {
        ui.WriteGoodSources();
        ui.Folder.Write("ui/src/entry.ts", "const size: number = 'big';\nexport const plugin = { name: size };\n");
        var before = await File.ReadAllTextAsync(ui.Folder["ui/package.json"], Cancellation);
        ui.Folder.Write(
            "ui/package.json", before.Replace("\"type\"", $"\"scripts\": {{ \"build\": \"{script}\" }}, \"type\""));

        var result = await ui.BuildAsync();
        var asked = await ui.BuildAsync(ui.Request with { TypeCheck = TypeCheckLevel.Warning });
        ui.Folder.Write("ui/package.json", before);
        Assert.True(
            (await ui.BuildAsync()).InstallRan, "another package.json is installed anew; the next test finds it done");

        var problem = Assert.Single(result.Diagnostics);
        Assert.Equal(
            ("TS2322", severity, severity == DiagnosticSeverity.Warning),
            (problem.Code, problem.Severity, result.Success));
        Assert.True(asked.Success);
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
