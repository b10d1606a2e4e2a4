using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Ui;

namespace Omniview.Plugin.Core.Tests.Ui;

public sealed class EntryCheckTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("System.register([],(function(e,n){\"use strict\";return{execute:(function(){})}}));")]
    [InlineData("System.register(['react'], (function (exports, module) {\n  'use strict';")]
    [InlineData("\uFEFF\n/*! licence of System */\n// and a line\r\n\"use strict\";\n  System . register ([], ")]
    [InlineData("'use strict';System.register(\"named\",[],")]
    public void A_call_of_System_register_comes_first(string script)
    {
        _folder.Write("entry.js", script);

        Assert.Empty(EntryCheck.Check(_folder.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("export const plugin = 1;")]
    [InlineData("import \"react\";System.register([],")]
    [InlineData("// System.register([], ")]
    [InlineData("/* System.register([], ")]
    [InlineData("(function(){System.register([],")]
    [InlineData("System.registerModule([],")]
    [InlineData("\"System.register(\"")]
    public void Anything_else_is_OVP5004_and_says_how_to_configure_Vite(string script)
    {
        var entry = _folder.Write("entry.js", script);

        var problem = Assert.Single(EntryCheck.Check(_folder.Path));

        Assert.Equal((DiagnosticCodes.EntryNotSystemJs, DiagnosticSeverity.Error, entry), (problem.Code, problem.Severity, problem.File));
        Assert.Contains("format: 'system'", problem.Message);
    }

    [Fact]
    public void A_missing_entry_is_OVP5003_and_names_what_is_there()
    {
        _folder.Write("index-4f2a.js", "");
        _folder.Write("style.css", "");

        var problem = Assert.Single(EntryCheck.Check(_folder.Path));

        Assert.Equal(DiagnosticCodes.EntryMissing, problem.Code);
        Assert.Contains("there is index-4f2a.js, style.css", problem.Message);
    }

    [Fact]
    public void A_missing_folder_is_OVP5003()
    {
        Assert.Equal(DiagnosticCodes.EntryMissing, Assert.Single(EntryCheck.Check(_folder["assets"])).Code);
    }

    [Fact]
    public void Each_kind_of_file_that_is_not_served_is_one_OVP5005_warning()
    {
        _folder.Write("entry.js", "System.register([],");
        foreach (var served in "a.js a.css a.png a.jpg a.jpeg a.gif a.svg a.ico a.woff a.woff2 a.ttf a.html entry.js.map A.PNG".Split(' '))
        {
            _folder.Write(served, "");
        }

        var first = _folder.Write("a.wasm", "");
        _folder.Write("sub/b.wasm", "");
        _folder.Write("style.css.map", "");
        _folder.Write("LICENSE", "");

        var found = EntryCheck.Check(_folder.Path);

        Assert.All(found, one => Assert.Equal((DiagnosticCodes.AssetNotServed, DiagnosticSeverity.Warning), (one.Code, one.Severity)));
        Assert.Equal(3, found.Count);
        Assert.Contains(found, one => one.File == first && one.Message.Contains("*.wasm") && one.Message.Contains("a.wasm, sub/b.wasm"));
        Assert.Contains(found, one => one.Message.Contains("*.css.map"));
        Assert.Contains(found, one => one.Message.Contains("LICENSE"));
    }
}
