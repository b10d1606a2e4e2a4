using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Ui.Vite;

namespace Omniview.Plugin.Core.Tests.Ui;

/// <summary>
/// The texts are what Vite 7.3 and Vite 8.3 printed; the end-to-end tests provoke those of the Vite in use.
/// </summary>
public sealed class ViteErrorsTests : IDisposable
{
    private readonly TempFolder _ui = new();

    public ViteErrorsTests()
    {
        _ui.Write("src/entry.ts", "// -----------\nimport x from \"./nope\";\nimport y from 'nope-pkg';\n");
        _ui.Write("src/c.tsx", "");
        _ui.Write("src/a.css", "");
        _ui.Write("src/a.json", "");
        _ui.Write("vite.config.ts", "");
    }

    public void Dispose() => _ui.Dispose();

    [Fact]
    public void Every_error_of_esbuild_has_its_place()
    {
        Assert.Equal(
            [
                Problem("Unexpected closing \"div\" tag does not match opening \"span\" tag", "src/c.tsx", 1, 37),
                Problem("Unexpected end of file before a closing \"div\" tag", "src/c.tsx", 2, 1),
            ],
            Parse($"""
                ✗ Build failed in 14ms
                error during build:
                [vite:esbuild] Transform failed with 2 errors:
                {_ui["src/c.tsx"]}:1:36: ERROR: Unexpected closing "div" tag does not match opening "span" tag
                {_ui["src/c.tsx"]}:2:0: ERROR: Unexpected end of file before a closing "div" tag
                file: {_ui["src/c.tsx"]}:1:36

                Unexpected closing "div" tag does not match opening "span" tag
                1  |  export const C = () => <div><span></div>;
                   |                                      ^
                    at failureErrorWithLog (/x/node_modules/esbuild/lib/main.js:1752:15)
                """));
    }

    [Fact]
    public void Rollup_says_place_and_text_in_one_headline()
    {
        Assert.Equal(
            [Problem("\"c\" is not exported by \"src/b.ts\", imported by \"src/entry.ts\".", "src/entry.ts", 1, 10)],
            Parse($$"""
                error during build:
                src/entry.ts (1:9): "c" is not exported by "src/b.ts", imported by "src/entry.ts".
                file: {{_ui["src/entry.ts"]}}:1:9

                1: import { c } from "./b";
                            ^
                    at getRollupError (file:///x/node_modules/rollup/dist/es/shared/parseAst.js:355:41)
                """));
    }

    [Theory]
    [InlineData("Could not resolve \"./nope\" from \"src/entry.ts\"", 2, 15)]
    [InlineData("[vite]: Rollup failed to resolve import \"nope-pkg\" from \"{ui}/src/entry.ts\".", 3, 15)]
    [InlineData("Error: [vite]: Rolldown failed to resolve import \"nope-pkg\" from \"{ui}/src/entry.ts\".", 3, 15)]
    public void An_import_that_resolves_to_nothing_is_found_in_its_file(string headline, int line, int column)
    {
        var problem = Assert.Single(Parse(
            $"error during build:\n{headline.Replace("{ui}", _ui.Path)}\nThis is most likely unintended because it " +
            "can break your application at runtime."));

        Assert.Equal((_ui["src/entry.ts"], line, column), (problem.File, problem.Line, problem.Column));
        Assert.Contains("install the package", problem.Message);
    }

    [Fact]
    public void A_plugin_may_know_no_more_than_the_file()
    {
        Assert.Equal(
            [Problem("src/a.json: Failed to parse JSON file.", "src/a.json", 1, 1)],
            Parse("error during build:\n[vite:json] [plugin vite:json] src/a.json: Failed to parse JSON " +
                $"file.\nfile: {_ui["src/a.json"]}"));
    }

    [Theory]
    [InlineData("[vite:css] [postcss] {ui}/src/a.css:6:7: Unknown word color\nfile: {ui}/src/a.css:6:6")]
    [InlineData(
        "Build failed with 1 error:\n\n[plugin vite:css] {ui}/src/a.css:6:6\n"
            + "CssSyntaxError: [postcss] {ui}/src/a.css:6:7: Unknown word color")]
    public void A_style_sheet_error_is_the_same_from_Vite_7_and_8(string report)
    {
        Assert.Equal(
            [Problem("Unknown word color", "src/a.css", 6, 7)],
            Parse("error during build:\n" + report.Replace("{ui}", _ui.Path)));
    }

    [Fact]
    public void Rolldown_draws_a_box_per_error()
    {
        _ui.Write("src/entry.ts", "export const plugin = {\n  name: 'x';\n};\n");
        Assert.Equal(
            [
                Problem("Expected `,` or `}` but found `;`", "src/entry.ts", 2, 12),
                Problem(
                    "Could not resolve './zz' in src/c.tsx. Correct the path, or install the package.",
                    "src/c.tsx",
                    3,
                    8
                ) with
                {
                    Code = DiagnosticCodes.ImportNotResolved,
                },
            ],
            Parse("""
                error during build:
                Build failed with 2 errors:

                [builtin:vite-transform] Expected `,` or `}` but found `;`
                   ╭─[ src/entry.ts:2:12 ]
                   │
                 2 │   name: "x";
                   │            ┬
                ───╯

                [UNRESOLVED_IMPORT] Could not resolve './zz' in src/c.tsx
                   ╭─[ src/c.tsx:3:8 ]
                ───╯
                    at aggregateBindingErrorsIntoJsError (file:///x/node_modules/rolldown/dist/shared/error.mjs:48:18)
                """));
    }

    [Fact]
    public void An_error_in_the_configuration_is_at_the_configuration()
    {
        Assert.Equal(
            [Problem("ReferenceError: zork is not defined", "vite.config.ts", 0, 0)],
            Parse($"failed to load config from {_ui["vite.config.ts"]}\nerror during build:\nReferenceError: zork " +
                "is not defined\n    at file:///x/vite.config.ts.timestamp-1.mjs:3:39"));
    }

    [Fact]
    public void Vite_8_without_a_SystemJS_format_is_told_as_such()
    {
        var problem = Assert.Single(
            Parse(
                "error during build:\nunimplemented: output.format: system\n    at unimplemented " +
                "(file:///x/misc.mjs:9:18)"
            ));

        Assert.Equal(DiagnosticCodes.EntryNotSystemJs, problem.Code);
        Assert.Contains("Use Vite 7", problem.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Killed")]
    [InlineData("error during build:\n")]
    [InlineData("error during build:\n[plugin x]\n\n    at f (a.js:1:1)")]
    [InlineData("error during build:\nfile: /no/such/file.ts:1:2")]
    [InlineData("error during build:\nboom\nfile: \0virtual:icons:1:2")]
    [InlineData("error during build:\nboom\nfile: src/c.tsx:99999999999999999999:1")]
    public void What_is_not_recognised_is_one_error_with_the_end_of_the_output(string text)
    {
        var problem = Assert.Single(Parse(text));

        Assert.Equal((DiagnosticCodes.ViteBuildFailed, DiagnosticSeverity.Error), (problem.Code, problem.Severity));
        Assert.Contains("exit code 1", problem.Message);
        Assert.DoesNotContain("    at ", problem.Message);
        Assert.EndsWith(text.Split("\n    at ")[0].Replace("\0", "").Trim(), problem.Message);
    }

    private Diagnostic Problem(string message, string file, int line, int column) =>
        Diagnostic.Error(DiagnosticCodes.ViteBuildFailed, message).At(_ui[file], line, column);

    private IReadOnlyList<Diagnostic> Parse(string output) => ViteErrors.Parse(output.Split('\n'), 1, _ui.Path);
}
