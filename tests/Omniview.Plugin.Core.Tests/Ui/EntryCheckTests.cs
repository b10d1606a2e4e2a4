using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Ui.Building;
using Omniview.Plugin.Core.Ui.Packages;

namespace Omniview.Plugin.Core.Tests.Ui;

public sealed class EntryCheckTests : IDisposable
{
    private const string Module =
        "System.register([], function (e) { return { execute: function () { e('plugin', 1); } }; });";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Module)]
    [InlineData(
        "\uFEFF\n/*! licence of System */\n// and a line\r\n\"use strict\";\n  System . register ([], function () {})")]
    [InlineData("'use strict';System.register(\"named\",[],function () {})")]
    [InlineData("var a=Object.defineProperty;var b=(c,d,e)=>d in c?a(c,d,{value:e}):c[d]=e;" + Module)]
    [InlineData(
        "!function(){try{if(typeof document<'u'){var s=document.createElement('style');s.append('a');"
            + "document.head.appendChild(s)}}catch(e){}}();"
            + Module)]
    [InlineData("window.answer = [...document.styleSheets].length + location.href;" + Module)]
    [InlineData("(function () { " + Module + " })();")]
    public async Task What_calls_System_register_is_a_module(string script)
    {
        _folder.Write("entry.js", script);

        Assert.Empty(await CheckAsync());
    }

    [Theory]
    [InlineData("export const plugin = 1;", "it is an ES module")]
    [InlineData("import a from './a.js';", "it is an ES module")]
    [InlineData("import './a.js';" + Module, "it is an ES module")]
    [InlineData(
        "define(['react'], function () {});",
        "it fails before it calls System.register (ReferenceError: define is not defined)"
    )]
    [InlineData("exports.plugin = 1;", "ReferenceError: exports is not defined")]
    [InlineData(
        "(function (root) { root.plugin = {}; })(this);", "it comes to its end and has not called System.register")]
    [InlineData("// System.register([])", "it comes to its end and has not called System.register")]
    [InlineData("'System.register([])'", "It begins with `'System.register([])'`")]
    [InlineData("var System;System.registry({})", "TypeError")]
    [InlineData("", "it comes to its end and has not called System.register")]
    [InlineData("System.register([], function () {}", "SyntaxError")]
    [InlineData("throw { toString() { return 'a riddle'; } }", "(a riddle)")]
    [InlineData("throw Object.create(null)", "it fails before it calls System.register")]
    public async Task Anything_else_is_OVP5004_with_what_was_found(string script, string found)
    {
        var entry = _folder.Write("entry.js", script);

        var problem = Assert.Single(await CheckAsync());

        Assert.Equal(
            (DiagnosticCodes.EntryNotSystemJs, DiagnosticSeverity.Error, entry),
            (problem.Code, problem.Severity, problem.File));
        Assert.Contains(found, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_never_ends_is_ended_and_OVP5004()
    {
        _folder.Write("entry.js", "for (;;) {}");

        var problem = Assert.Single(await CheckAsync(TimeSpan.FromSeconds(2)));

        Assert.Contains("had not come to an end after 2 s", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("require('fs').writeFileSync('stolen', '');")]
    [InlineData("process.binding('fs');")]
    [InlineData("System.register.constructor('return process')().exit(0);")]
    [InlineData("System.constructor.constructor('return process')().exit(0);")]
    public async Task It_gets_nothing_of_Node(string script)
    {
        _folder.Write("entry.js", script + Module);

        Assert.Contains("not defined", Assert.Single(await CheckAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_entry_it_is_OVP5003() =>
        Assert.Equal(
            DiagnosticCodes.EntryMissing,
            Assert.Single(await Check(TimeSpan.FromMinutes(2)).RunAsync(_folder["assets"], Cancellation)).Code);

    [Fact]
    public async Task Each_kind_of_file_that_is_not_served_is_one_OVP5005_warning()
    {
        _folder.Write("entry.js", Module);
        foreach (
            var served in ("a.js a.css a.png a.jpg a.jpeg a.gif a.svg a.ico a.woff a.woff2 a.ttf a.html "
                + "entry.js.map A.PNG").Split(' '))
        {
            _folder.Write(served, "");
        }

        var first = _folder.Write("a.wasm", "");
        _folder.Write("sub/b.wasm", "");
        _folder.Write("style.css.map", "");
        _folder.Write("LICENSE", "");

        var found = await CheckAsync();

        Assert.All(
            found,
            one => Assert.Equal((DiagnosticCodes.AssetNotServed, DiagnosticSeverity.Warning), (one.Code, one.Severity))
        );
        Assert.Equal(3, found.Count);
        Assert.Contains(
            found,
            one => one.File == first && one.Message.Contains("*.wasm") && one.Message.Contains("a.wasm, sub/b.wasm"));
        Assert.Contains(found, one => one.Message.Contains("*.css.map"));
        Assert.Contains(found, one => one.Message.Contains("LICENSE"));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static EntryCheck Check(TimeSpan limit) =>
        new(NodeTool.Find(new ExecutableFinder(Path.GetTempPath())), limit);

    private Task<IReadOnlyList<Diagnostic>> CheckAsync(TimeSpan? limit = null) =>
        Check(limit ?? TimeSpan.FromMinutes(2)).RunAsync(_folder.Path, Cancellation);
}
