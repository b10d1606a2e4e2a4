using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Output;

namespace Omniview.Plugin.Core.Tests.Go;

public sealed class GoOutputParserTests
{
    private static readonly string Folder = Path.GetFullPath("/home/dev/plugin");

    [Theory]
    [InlineData("pkg/main.go:4:2: undefined: fmt", "pkg/main.go", 4, 2, "undefined: fmt")]
    [InlineData("./main.go:4:2: undefined: x", "main.go", 4, 2, "undefined: x")]
    [InlineData(@".\main.go:4:2: undefined: x", "main.go", 4, 2, "undefined: x")]
    [InlineData(@"pkg\sub\main.go:4:2: undefined: x", "pkg/sub/main.go", 4, 2, "undefined: x")]
    [InlineData(
        "../shared/deep/y.go:3:8: \"os\" imported and not used",
        "../shared/deep/y.go",
        3,
        8,
        "\"os\" imported and not used"
    )]
    [InlineData(
        @"..\shared\x.go:4:9: cannot use ""s"" as int value", "../shared/x.go", 4, 9, "cannot use \"s\" as int value"
    )]
    [InlineData("pkg/main.go:4: declared and not used: y", "pkg/main.go", 4, 0, "declared and not used: y")]
    [InlineData("go.mod:5: unknown directive: foo", "go.mod", 5, 0, "unknown directive: foo", "GO2004")]
    [InlineData(
        "pkg/a_amd64.s:2: unrecognized instruction \"FROB\"",
        "pkg/a_amd64.s",
        2,
        0,
        "unrecognized instruction \"FROB\"",
        "GO4004"
    )]
    [InlineData(
        "f.c:1:10: fatal error: nothere.h: No such file or directory",
        "f.c",
        1,
        10,
        "nothere.h: No such file or directory",
        "GO4001"
    )]
    [InlineData("vet: pkg/main.go:3:15: undefined: x", "pkg/main.go", 3, 15, "undefined: x")]
    [InlineData("pkg/a:b.go:3:23: cannot use \"x\"", "pkg/a:b.go", 3, 23, "cannot use \"x\"")]
    [InlineData("pkg/été.go:4:16: cannot use \"éè\"", "pkg/été.go", 4, 16, "cannot use \"éè\"")]
    [InlineData(
        "pkg/main.go:4:14: cannot use \"see foo.go:3:4: bar\" as int",
        "pkg/main.go",
        4,
        14,
        "cannot use \"see foo.go:3:4: bar\" as int"
    )]
    [InlineData("\u001b[31mpkg/main.go:4:2:\u001b[0m undefined: x\r", "pkg/main.go", 4, 2, "undefined: x")]
    [InlineData("pkg/\0main.go:4:2: undefined: x", "pkg/main.go", 4, 2, "undefined: x")]
    [InlineData(
        "pkg/main.go:1:1: expected 'package', found 'func'",
        "pkg/main.go",
        1,
        1,
        "expected 'package', found 'func'",
        "GO1001"
    )]
    [InlineData(
        "pkg/main.go:3:8: example.com/q@v0.0.0: replacement directory ../nodir does not exist",
        "pkg/main.go",
        3,
        8,
        "example.com/q@v0.0.0: replacement directory ../nodir does not exist",
        "GO2007"
    )]
    public void Places_a_problem_relative_to_the_folder_go_ran_in(
        string line, string file, int lineNumber, int column, string message, string code = DiagnosticCodes.GoProblem)
    {
        Assert.Equal(
            Diagnostic.Error(code, message).At(Path.GetFullPath(file, Folder), lineNumber, column),
            Assert.Single(Parse(line)));
    }

    [Theory]
    [InlineData("/usr/local/go/src/fmt/print.go:7:1: x", "/usr/local/go/src/fmt/print.go")]
    [InlineData("/my work/plugin/main.go:7:1: x", "/my work/plugin/main.go")]
    [InlineData(@"C:\Users\Zoë X\plugin\main.go:7:1: x", @"C:\Users\Zoë X\plugin\main.go")]
    [InlineData("c:/plugin/main.go:7:1: x", "c:/plugin/main.go")]
    [InlineData(@"\\server\share\p\pkg\main.go:7:1: x", @"\\server\share\p\pkg\main.go")]
    public void Keeps_absolute_paths_of_any_system(string line, string file)
    {
        Assert.Equal(Problem("x").At(file, 7, 1), Assert.Single(Parse(line)));
    }

    [Theory]
    [InlineData("my file.go")]
    [InlineData("pkg/my file.go")]
    [InlineData("pkg/gone in the meantime.go")]
    public void Takes_a_name_with_spaces_for_one_where_there_can_be_such_a_file(string name)
    {
        using var folder = new TempFolder();
        folder.Write("pkg/my file.go", "");
        folder.Write("my file.go", "");
        var parser = new GoOutputParser(folder.Path);

        parser.Add($"{name}:3:23: undefined: x");

        Assert.Equal(
            Problem("undefined: x").At(Path.GetFullPath(folder[name]), 3, 23), Assert.Single(parser.Finish(1)));
    }

    [Theory]
    [InlineData("2026/11/20 06:14:52 main.go:4: hello")]
    [InlineData("open cache.go:3:4: denied")]
    [InlineData("example.com/p: reading x.go:3:4: bad")]
    [InlineData("Get \"http://127.0.0.1:9/x\": dial tcp 127.0.0.1:9: connect: connection refused")]
    [InlineData("example.com:443: connection refused")]
    [InlineData("{\"Action\":\"deploy\",\"Output\":\"pkg/main.go:4:4: undefined: x\\n\"}")]
    public void Does_not_take_text_for_a_position(string line)
    {
        Assert.Equal(Diagnostic.Error(DiagnosticCodes.GoFailed, line), Assert.Single(Parse(line)));
    }

    [Fact]
    public void Joins_what_go_says_on_indented_lines()
    {
        var found = Parse(
            "# example.com/p/pkg",
            "pkg/main.go:4:9: not enough return values",
            "\thave (number)",
            "\twant (int, error)",
            "pkg/main.go:7:6: main redeclared in this block",
            "\tpkg/b.go:7:6: other declaration of main");

        Assert.Equal(
            [
                (4, "not enough return values\n\thave (number)\n\twant (int, error)"),
                (7, "main redeclared in this block\n\tpkg/b.go:7:6: other declaration of main"),
            ],
            found.Select(one => (one.Line, one.Message)));
    }

    [Fact]
    public void Says_each_problem_once()
    {
        Assert.Single(Parse("# example.com/p", "a.go:1:2: x", "# example.com/p [example.com/p.test]", "a.go:1:2: x"));
    }

    [Fact]
    public void Has_no_problem_for_lines_that_only_repeat_or_report_progress()
    {
        var found = Parse(
            "go: downloading github.com/fsnotify/fsnotify v1.9.0",
            "go: errors parsing go.mod:",
            "go.mod:5: usage: require module/path v1.2.3",
            "",
            "# example.com/p",
            "net/http",
            "a.go:1:2: x",
            "a.go:13:2: too many errors",
            "too many errors",
            "asm: assembly of a.s failed",
            "note: module requires Go 1.99",
            "exit status 2");

        Assert.Equal(
            ["x", "usage: require module/path v1.2.3"],
            found.Where(one => one.Severity == DiagnosticSeverity.Error).Select(one => one.Message));
        Assert.Equal(
            "too many errors: the compiler stopped after ten in example.com/p",
            Assert.Single(found, one => one.Severity == DiagnosticSeverity.Message).Message);
    }

    [Fact]
    public void Keeps_what_it_does_not_know_in_one_problem()
    {
        var found = Parse(
            "a.go:1:2: x",
            "# example.com/p/pkg",
            "something quite new",
            "and more of it",
            "# example.com/p/pkg/b",
            "\tindented");

        Assert.Equal(2, found.Count);
        Assert.Equal(DiagnosticCodes.GoFailed, found[1].Code);
        Assert.Equal("example.com/p/pkg: something quite new\nand more of it\n\tindented", found[1].Message);
    }

    [Fact]
    public void Shows_the_first_of_very_many_lines_and_counts_the_rest()
    {
        var message = Assert.Single(Parse([.. Enumerable.Range(1, 5000).Select(n => $"ld: line {n}")])).Message;

        Assert.Contains("ld: line 20\n… and 4980 more lines", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "go build ended with exit code 1 and said nothing")]
    [InlineData("go: downloading example.com/x v1.0.0", "go: downloading example.com/x v1.0.0")]
    [InlineData("a.c:1:2: warning: unused variable", null)]
    public void Always_has_an_error_for_a_failed_build(string line, string? message)
    {
        var error = Assert.Single(Parse(line), one => one.Severity == DiagnosticSeverity.Error);

        Assert.Equal(DiagnosticCodes.GoFailed, error.Code);
        Assert.Equal(message ?? error.Message, error.Message);
    }

    [Fact]
    public void Has_no_error_for_a_good_build()
    {
        var parser = new GoOutputParser(Folder);
        foreach (
            var line in new[]
            {
                "go: downloading x v1",
                "# example.com/p",
                "a.go:3:6: can inline f",
                "a.c:1:2: warning: unused",
                "something else",
            })
        {
            parser.Add(line);
        }

        Assert.Equal(
            [DiagnosticSeverity.Warning, DiagnosticSeverity.Message], parser.Finish(0).Select(one => one.Severity));
    }

    [Fact]
    public void Takes_the_columns_of_clang_for_bytes_and_leaves_out_the_lines_it_shows()
    {
        using var folder = new TempFolder();
        folder.Write("f.c", "int f(void) {\n\treturn y; // é\n}\nint g(void) { /* é */ return z; }\n");
        var parser = new GoOutputParser(folder.Path);
        foreach (var line in new[]
        {
            "# example.com/p",
            "f.c:2:9: error: use of undeclared identifier 'y'",
            "        return y; // é",
            "               ^",
            "f.c:4:31: error: use of undeclared identifier 'z'",
            "int g(void) { /* é */ return z; }",
            "                             ^",
            "2 errors generated.",
        })
        {
            parser.Add(line);
        }

        Assert.Equal(
            [(2, 9, 10, "use of undeclared identifier 'y'"), (4, 30, 31, "use of undeclared identifier 'z'")],
            parser.Finish(1).Select(one => (one.Line, one.Column, one.EndColumn, one.Message)));
    }

    [Fact]
    public void Places_a_panic_of_a_program_without_paths()
    {
        using var folder = new TempFolder();
        folder.Write("go.mod", "module example.com/p\n\ngo 1.24\n");
        var file = folder.Write("pkg/x.go", "package main\n");
        var parser = new GoOutputParser(folder.Path);
        foreach (
            var line in new[]
            {
                "panic: no",
                "",
                "goroutine 1 [running]:",
                "example.com/q.F(...)",
                "\texample.com/q@v1.0.0/q.go:3",
                "main.f(...)",
                "\texample.com/p/pkg/x.go:5 +0x1d",
                "exit status 2",
            })
        {
            parser.Add(line);
        }

        Assert.Equal((Path.GetFullPath(file), 5), parser.Finish(1).Select(one => (one.File, one.Line)).Single());
    }

    private static Diagnostic Problem(string message) => Diagnostic.Error(DiagnosticCodes.GoProblem, message);

    private static IReadOnlyList<Diagnostic> Parse(params string[] lines)
    {
        var parser = new GoOutputParser(Folder);
        Array.ForEach(lines, parser.Add);
        return parser.Finish(1);
    }
}
