using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Output;

namespace Omniview.Plugin.Core.Tests.Go;

/// <summary>Which line of the go command names a place in the sources.</summary>
public sealed class GoOutputPlaceTests
{
    [Theory]
    [InlineData("pkg/main.go:4:2: refused: fmt", "pkg/main.go", 4, 2, "refused: fmt")]
    [InlineData("./main.go:4:2: refused: x", "main.go", 4, 2, "refused: x")]
    [InlineData(@".\main.go:4:2: refused: x", "main.go", 4, 2, "refused: x")]
    [InlineData(@"pkg\sub\main.go:4:2: refused: x", "pkg/sub/main.go", 4, 2, "refused: x")]
    [InlineData(
        "../shared/deep/y.go:3:8: \"os\" refused",
        "../shared/deep/y.go",
        3,
        8,
        "\"os\" refused"
    )]
    [InlineData(
        @"..\shared\x.go:4:9: cannot use ""s"" as int value", "../shared/x.go", 4, 9, "cannot use \"s\" as int value"
    )]
    [InlineData("pkg/main.go:4: refused: y", "pkg/main.go", 4, 0, "refused: y")]
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
        "pkg/a.s:9:1: [amd64] arg1: invalid MOVW of x+0(FP); int8 is 1-byte value",
        "pkg/a.s",
        9,
        1,
        "[amd64] arg1: invalid MOVW of x+0(FP); int8 is 1-byte value",
        "GO5001"
    )]
    [InlineData(
        "f.c:1:10: fatal error: nothere.h: No such file or directory",
        "f.c",
        1,
        10,
        "nothere.h: No such file or directory",
        "GO4001"
    )]
    [InlineData("vet: pkg/main.go:3:15: refused: x", "pkg/main.go", 3, 15, "refused: x")]
    [InlineData("vet.exe: pkg/main.go:3:15: refused: x", "pkg/main.go", 3, 15, "refused: x")] // as Windows has it
    [InlineData("pkg/a:b.go:3:23: cannot use \"x\"", "pkg/a:b.go", 3, 23, "cannot use \"x\"")]
    [InlineData("pkg/été.go:4:16: cannot use \"éè\"", "pkg/été.go", 4, 16, "cannot use \"éè\"")]
    [InlineData(
        "pkg/main.go:4:14: cannot use \"see foo.go:3:4: bar\" as int",
        "pkg/main.go",
        4,
        14,
        "cannot use \"see foo.go:3:4: bar\" as int"
    )]
    [InlineData("\u001b[31mpkg/main.go:4:2:\u001b[0m refused: x\r", "pkg/main.go", 4, 2, "refused: x")]
    [InlineData("pkg/\0main.go:4:2: refused: x", "pkg/main.go", 4, 2, "refused: x")]
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

        parser.Add($"{name}:3:23: refused: x");

        Assert.Equal(
            ParsedGoOutput.Problem("refused: x").At(Path.GetFullPath(folder[name]), 3, 23),
            Assert.Single(parser.Finish(1)));
    }

    [Theory]
    [InlineData("pkg/c.go:10:20: x.go")]
    [InlineData("pkg/c.go")]
    [InlineData("pkg/co: lon.go")]
    [InlineData("pkg/qu\"ote.go")]
    [InlineData("pkg/ta\tb.go")]
    [InlineData(@"pkg/back\slash.go")]
    public void Takes_any_name_that_a_file_has(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "file names Windows can not hold");
        using var folder = new TempFolder();
        folder.Write("pkg/c.go", "");
        var file = folder.Write(name, "");
        var parser = new GoOutputParser(folder.Path);

        parser.Add($"{name}:3:23: undefined x at pkg/c.go:1:2: y");

        Assert.Equal(
            ParsedGoOutput.Problem("undefined x at pkg/c.go:1:2: y").At(file, 3, 23), Assert.Single(parser.Finish(1)));
    }

    [Theory]
    [InlineData("2026/11/20 06:14:52 main.go:4: hello")]
    [InlineData("open cache.go:3:4: denied")]
    [InlineData("example.com/p: reading x.go:3:4: bad")]
    [InlineData("Get \"http://127.0.0.1:9/x\": dial tcp 127.0.0.1:9: connect: connection refused")]
    [InlineData("example.com:443: connection refused")]
    [InlineData("{\"Action\":\"deploy\",\"Output\":\"pkg/main.go:4:4: refused: x\\n\"}")]
    public void Does_not_take_text_for_a_position(string line)
    {
        Assert.Equal(Diagnostic.Error(DiagnosticCodes.GoFailed, line), Assert.Single(ParsedGoOutput.Parse(line)));
    }
}
