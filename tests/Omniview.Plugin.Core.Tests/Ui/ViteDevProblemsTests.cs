using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Ui;

namespace Omniview.Plugin.Core.Tests.Ui;

/// <summary>The texts are what the servers of Vite 7.3 and Vite 8.3 printed.</summary>
public sealed class ViteDevProblemsTests : IDisposable
{
    private readonly TempFolder _ui = new();
    private readonly ViteDevProblems _problems;

    public ViteDevProblemsTests()
    {
        _ui.Write("src/App.tsx", "import q from './nowhere';\nconst x = <div\n");
        _ui.Write("src/bad.css", "@import './none.css';\n");
        _ui.Write("src/bad.json", """{ "a": }""");
        _ui.Write("vite.config.ts", "export default {};\nexport const q = ;\n");
        _problems = new ViteDevProblems(_ui.Path);
    }

    private string Syntax => $"""
        9:12:23 AM [vite] Internal server error: {_ui["src/App.tsx"]}: Unexpected token (2:10)

          1 | import q from './nowhere';
        > 2 | const x = <div
            |           ^
          Plugin: vite:react-babel
          File: {_ui["src/App.tsx"]}:2:10
          1 |  import q from './nowhere';
              at constructor (/ui/node_modules/@babel/parser/lib/index.js:369:19)
        """;

    private string Import => $"""
        9:12:23 AM [vite] (client) Pre-transform error: Failed to resolve import "./nowhere" from "src/App.tsx". Does the file exist?
          Plugin: vite:import-analysis
          File: {_ui["src/App.tsx"]}:1:14
          1  |  import q from "./nowhere";
              at TransformPluginContext.error (file:///ui/node_modules/vite/dist/node/chunks/config.js:29247:14)
        """;

    public void Dispose() => _ui.Dispose();

    [Fact]
    public void A_file_that_can_not_be_served_has_a_problem_at_its_place()
    {
        Print(Syntax);

        Assert.Equal([("OVP5002", "Unexpected token", _ui["src/App.tsx"], 2, 11)], Shown());
    }

    [Fact]
    public void A_page_that_asks_again_does_not_double_it()
    {
        Print(Syntax);

        Assert.False(Print(Syntax));
        Assert.Single(_problems.Current);
    }

    [Fact]
    public void Saved_again_it_has_none_until_a_page_asks_for_it()
    {
        Print(Syntax);
        Save("src/App.tsx");

        Assert.True(Print("9:12:23 AM [vite] (client) hmr update /src/App.tsx"));
        Assert.Empty(_problems.Current);

        Assert.True(Print(Syntax));
        Assert.Single(_problems.Current);
    }

    [Fact]
    public void Word_of_the_save_that_comes_after_the_error_takes_nothing_back()
    {
        Print(Syntax);
        Print(Import);

        Assert.False(Print("9:12:23 AM [vite] (client) hmr update /src/App.tsx"));
        Assert.Equal(2, _problems.Current.Count);
    }

    [Fact]
    public void A_deleted_file_has_no_problem()
    {
        Print(Syntax);
        File.Delete(_ui["src/App.tsx"]);

        Assert.True(Print("9:12:23 AM [vite] (client) page reload src/main.tsx"));
        Assert.Empty(_problems.Current);
    }

    [Theory]
    [InlineData("9:14:45 AM [vite] (client) page reload src/nowhere.ts")]
    [InlineData("9:14:45 AM [vite] (client) ✨ new dependencies optimized: nowhere")]
    [InlineData("9:14:45 AM [vite] (client) Re-optimizing dependencies because lockfile has changed")]
    public void What_is_imported_and_comes_to_be_there_is_no_problem_any_more(string line)
    {
        Print(Import);
        Assert.Equal([("OVP5009", "Failed to resolve import \"./nowhere\" from \"src/App.tsx\". Does the file exist? Correct the path, or install the package.", _ui["src/App.tsx"], 1, 15)], Shown());

        Assert.True(Print(line));
        Assert.Empty(_problems.Current);
    }

    [Fact]
    public void Of_a_style_sheet_the_missing_import_is_marked()
    {
        Print($"""
            Unable to resolve `@import "./none.css"` from {_ui["src"]}
            9:12:24 AM [vite] Internal server error: [postcss] ENOENT: no such file or directory, open './none.css'
              Plugin: vite:css
              File: {_ui["src/bad.css"]}:undefined:NaN
                  at async open (node:internal/fs/promises:637:25)
            """);

        Assert.Equal(("OVP5009", _ui["src/bad.css"], 1, 9), Place(Assert.Single(_problems.Current)));
    }

    [Fact]
    public void Of_a_json_file_the_place_is_looked_up()
    {
        Print($"""
            9:12:24 AM [vite] Internal server error: Failed to parse JSON file.
              Plugin: vite:json
              File: {_ui["src/bad.json"]}
                  at TransformPluginContext._formatLog (file:///ui/node_modules/vite/dist/node/chunks/config.js:29250:43)
            """);

        Assert.Equal(("OVP5002", _ui["src/bad.json"], 1, 8), Place(Assert.Single(_problems.Current)));
    }

    [Fact]
    public void Rolldown_shows_the_place_in_a_box()
    {
        Print($"""
            9:13:01 AM [vite] Internal server error: Transform failed with 1 error:

            [PARSE_ERROR] Unexpected token
                ╭─[ src/App.tsx:2:11 ]
                │
              2 │ const x = <div
                │           │
                │           ╰─
            ────╯

              Plugin: vite:oxc
              File: {_ui["src/App.tsx"]}
                  at transformWithOxc (file:///ui/node_modules/vite/dist/node/chunks/node.js:1:1)
            """);

        Assert.Equal([("OVP5002", "Unexpected token", _ui["src/App.tsx"], 2, 11)], Shown());
    }

    [Fact]
    public void One_that_names_no_file_is_told_all_the_same()
    {
        Print("""
            9:13:02 AM [vite] Internal server error: expected value at line 1 column 8
              Plugin: builtin:vite-json
              File: [object Object]
                  at x (file:///ui/node_modules/vite/dist/node/chunks/node.js:1:1)
            """);

        Assert.Equal(("OVP5002", "expected value at line 1 column 8"), (Assert.Single(_problems.Current).Code, _problems.Current[0].Message));
    }

    [Fact]
    public void A_broken_configuration_is_a_problem_until_Vite_has_restarted_with_it()
    {
        Print(Syntax);
        Print($"""
            9:12:24 AM [vite] vite.config.ts changed, restarting server...
            ✘ [ERROR] Unexpected ";"

                vite.config.ts:2:17:
                  2 │ export const q = ;
                    ╵                  ^

            failed to load config from {_ui["vite.config.ts"]}
            9:12:24 AM [vite] Build failed with 1 error:
            vite.config.ts:2:17: ERROR: Unexpected ";"
            9:12:24 AM [vite] server restart failed
            """);
        Assert.Equal(("OVP5002", _ui["vite.config.ts"], 2, 18), Place(_problems.Current[^1]));

        Assert.True(Print("9:12:25 AM [vite] vite.config.ts changed, restarting server...\n9:12:25 AM [vite] server restarted."));
        Assert.Empty(_problems.Current);
    }

    [Fact]
    public void A_report_without_end_is_kept_in_bounds()
    {
        Print("9:12:23 AM [vite] Internal server error: much");
        for (var line = 0; line < 100_000; line++)
        {
            _problems.Add("and more");
        }

        Assert.True(Print("9:12:24 AM [vite] (client) page reload src/main.tsx"));
        Assert.InRange(Assert.Single(_problems.Current).Message.Length, 4, 10_000);
    }

    private bool Print(string text) => text.Split('\n').Aggregate(false, (changed, line) => _problems.Add(line) || changed);

    private void Save(string file) => File.SetLastWriteTimeUtc(_ui[file], DateTime.UtcNow.AddSeconds(1));

    private List<(string, string, string?, int, int)> Shown() => [.. _problems.Current.Select(one => (one.Code, one.Message, one.File, one.Line, one.Column))];

    private static (string, string?, int, int) Place(Diagnostic one) => (one.Code, one.File, one.Line, one.Column);
}
