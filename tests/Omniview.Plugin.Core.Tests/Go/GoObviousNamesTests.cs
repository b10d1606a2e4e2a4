using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Output;

namespace Omniview.Plugin.Core.Tests.Go;

/// <summary>What is told by the text alone is what the real compiler says when it is asked.</summary>
public sealed partial class GoObviousNamesTests : IDisposable
{
    private readonly GoProject _project = new();

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("nope()", "UndeclaredName")]
    [InlineData("fmt.Nope()", "UndeclaredImportedName")]
    [InlineData("x := 1", "UnusedVar")]
    [InlineData("var t T; t.nope()", "MissingFieldOrMethod")]
    [InlineData("var t *T; println(t.nope)", "MissingFieldOrMethod")]
    [InlineData("_ = func() int { }", "MissingReturn")]
    [InlineData("var i int = \"\"; _ = i", "IncompatibleAssign")]
    [InlineData("var i int; i = T{}; _ = i", "IncompatibleAssign")]
    [InlineData("take(\"\")", "IncompatibleAssign")]
    [InlineData("defer 1", "InvalidDefer")]
    [InlineData("go 1", "InvalidGo")]
    [InlineData("_ = func() int { return \"\" }", "IncompatibleAssign")]
    public async Task Of_a_common_error_it_is_the_compilers(string code, string name)
    {
        var (message, said) = await AskAsync(code);

        Assert.Equal((name, name), (said, GoObviousNames.Of(message)));
    }

    [Theory]
    [InlineData("var i int = 1.5; _ = i")]
    [InlineData("var i interface{ M() } = T{}; _ = i")]
    [InlineData("var b byte = 256; _ = b")]
    [InlineData("var t T; t.Name()")]
    [InlineData("var i interface{ m() }; i.M()")]
    [InlineData("var c Chan; var s SendChan = c; _ = s")]
    [InlineData("_ = 1 + \"\"")]
    [InlineData("take()")]
    public async Task Of_another_none_is_made_up(string code)
    {
        var (message, said) = await AskAsync(code);

        Assert.True(GoObviousNames.Of(message) is not { } name || name == said, $"{message}: {said}");
    }

    [Theory]
    [InlineData("goto nope", "UndeclaredLabel")]
    [InlineData("for { break nope }", "UndeclaredLabel")]
    [InlineData("l: for { }", "UnusedLabel")]
    [InlineData("l: for { break l }; l: for { }", "DuplicateLabel")]
    [InlineData("l: if true { for { continue l } }", "MisplacedLabel")]
    [InlineData("break", "MisplacedBreak")]
    [InlineData("continue", "MisplacedContinue")]
    [InlineData("switch { default: fallthrough }", "MisplacedFallthrough")]
    [InlineData("switch any(1).(type) { case int: fallthrough; default: }", "MisplacedFallthrough")]
    [InlineData("if true { fallthrough }", "MisplacedFallthrough")]
    [InlineData("goto l; x := 1; _ = x; l: take(1)", "JumpOverDecl")]
    [InlineData("goto l; { l: take(1) }", "JumpIntoBlock")]
    public async Task Of_a_label_or_jump_it_is_that_of_the_type_checker_though_the_compiler_says_none(
        string code, string name)
    {
        var (message, said) = await AskAsync(code);

        Assert.Equal(("", name), (said, GoObviousNames.Of(message)));
        Assert.NotNull(GoTypeErrors.CodeOf(name));
    }

    [Fact]
    public async Task An_unused_import_is_named_and_the_compiler_is_not_asked()
    {
        var file = _project.Write(
            "pkg/main.go", "package main\n\nimport (\n\t\"fmt\"\n\tother \"os\"\n)\n\nfunc main() {}\n");
        var asked = _project["asked"];
        var real = (await _project.RequestAsync()).Toolchain;
        var go = _project.Fake(
            $"case \"$*\" in *-errorurl*) touch '{asked}';; esac\nexec '{real.Executable}' \"$@\"\n");

        var result = await _project.BuildAsync(
            _project.Request(go) with { Toolchain = go with { Version = real.Version } });

        Assert.Equal(
            [(file, 4, "GO7008"), (file, 5, "GO7008")],
            result.Diagnostics.Select(one => (one.File!, one.Line, one.Code)));
        Assert.All(
            result.Diagnostics,
            one => Assert.Equal("https://pkg.go.dev/internal/types/errors#UnusedImport", one.HelpLink)
        );
        Assert.False(File.Exists(asked));
    }

    /// <summary>The first error's text, and its name as the compiler tells it.</summary>
    private async Task<(string Message, string Name)> AskAsync(string code)
    {
        _project.Write(
            "pkg/main.go", $"package main\n\nimport \"fmt\"\n\ntype T struct{{ Name string }}\ntype Chan chan " +
            $"int\ntype SendChan chan<- int\n\nfunc take(int) " +
            $"{{}}\n\nfunc main() {{\n\tfmt.Println()\n\t{code}\n}}\n");
        var lines = new List<string>();
        var spec = new Core.Processes.ProcessSpec(
            (await _project.RequestAsync()).Toolchain.Executable,
            ["build", "-gcflags=-errorurl", "-o", "/dev/null", "./pkg"],
            _project.Path);
        await Core.Processes.ToolRunner.RunAsync(spec, line => lines.Add(line.Text), GoProject.Cancellation);
        var parser = new GoOutputParser(_project.Path);
        lines.ForEach(parser.Add);
        var problem = parser.Finish(1).First(one => one.Severity == DiagnosticSeverity.Error);
        return (GoTypeErrors.TextOf(problem), Name().Match(string.Join('\n', lines)).Groups[1].Value);
    }

    [GeneratedRegex(@"\[go\.dev/e/([A-Za-z]+)\]")]
    private static partial Regex Name();
}
