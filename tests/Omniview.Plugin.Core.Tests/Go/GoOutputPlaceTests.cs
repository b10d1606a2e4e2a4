using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Output;

namespace Omniview.Plugin.Core.Tests.Go;

/// <summary>Which line of the go command names a place in the sources.</summary>
public sealed class GoOutputPlaceTests
{
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
    [InlineData("vet.exe: pkg/main.go:3:15: undefined: x", "pkg/main.go", 3, 15, "undefined: x")] // as Windows has it
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
            Diagnostic.Error(code, message).At(Path.GetFullPath(file, ParsedGoOutput.Folder), lineNumber, column),
            Assert.Single(ParsedGoOutput.Parse(line)));
    }

    [Theory]
    [InlineData("/usr/local/go/src/fmt/print.go:7:1: x", "/usr/local/go/src/fmt/print.go")]
    [InlineData("/my work/plugin/main.go:7:1: x", "/my work/plugin/main.go")]
    [InlineData(@"C:\Users\Zoë X\plugin\main.go:7:1: x", @"C:\Users\Zoë X\plugin\main.go")]
    [InlineData("c:/plugin/main.go:7:1: x", "c:/plugin/main.go")]
    [InlineData(@"\\server\share\p\pkg\main.go:7:1: x", @"\\server\share\p\pkg\main.go")]
    public void Keeps_absolute_paths_of_any_system(string line, string file)
    {
        Assert.Equal(ParsedGoOutput.Problem("x").At(file, 7, 1), Assert.Single(ParsedGoOutput.Parse(line)));
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
            ParsedGoOutput.Problem("undefined: x").At(Path.GetFullPath(folder[name]), 3, 23),
            Assert.Single(parser.Finish(1)));
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
        Assert.Equal(Diagnostic.Error(DiagnosticCodes.GoFailed, line), Assert.Single(ParsedGoOutput.Parse(line)));
    }
}
