using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Output;

namespace Omniview.Plugin.Core.Tests.Go;

public sealed class GoOutputParserTests
{
    [Fact]
    public void Joins_what_go_says_on_indented_lines()
    {
        var found = ParsedGoOutput.Parse(
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
        Assert.Single(ParsedGoOutput.Parse(
            "# example.com/p", "a.go:1:2: x", "# example.com/p [example.com/p.test]", "a.go:1:2: x"));
    }

    [Fact]
    public void Has_no_problem_for_lines_that_only_repeat_or_report_progress()
    {
        var found = ParsedGoOutput.Parse(
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
        var found = ParsedGoOutput.Parse(
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
        var found = ParsedGoOutput.Parse([.. Enumerable.Range(1, 5000).Select(n => $"ld: line {n}")]);
        var message = Assert.Single(found).Message;

        Assert.Contains("ld: line 20\n… and 4980 more lines", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "go build ended with exit code 1 and said nothing")]
    [InlineData("go: downloading example.com/x v1.0.0", "go: downloading example.com/x v1.0.0")]
    [InlineData("a.c:1:2: warning: unused variable", null)]
    public void Always_has_an_error_for_a_failed_build(string line, string? message)
    {
        var error = Assert.Single(ParsedGoOutput.Parse(line), one => one.Severity == DiagnosticSeverity.Error);

        Assert.Equal(DiagnosticCodes.GoFailed, error.Code);
        Assert.Equal(message ?? error.Message, error.Message);
    }

    [Fact]
    public void Has_no_error_for_a_good_build()
    {
        var parser = new GoOutputParser(ParsedGoOutput.Folder);
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
}
