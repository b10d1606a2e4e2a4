using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Ui.Sources;
using Omniview.Plugin.Core.Ui.TypeScript;

namespace Omniview.Plugin.Core.Tests.Ui;

/// <summary>The texts are what TypeScript 5.9, 6.0 and 7.0 printed; they differ in few places only.</summary>
public sealed class TypeScriptErrorsTests : IDisposable
{
    private readonly TempFolder _ui = new();

    public void Dispose() => _ui.Dispose();

    [Theory]
    [InlineData(
        "src/a.ts(1,14): error TS2322: Type 'string' is not assignable to type 'number'.",
        "TS2322",
        "src/a.ts",
        1,
        14,
        15
    )]
    [InlineData("src/a.ts(2,1): error TS2304: Cannot find name 'nope'.", "TS2304", "src/a.ts", 2, 1, 5)]
    [InlineData(
        "src/a.ts(3,15): error TS2307: Cannot find module './zz' or its corresponding type declarations.",
        "TS2307",
        "src/a.ts",
        3,
        15,
        21
    )]
    [InlineData(
        "src/a.ts(4,15): error TS2322: Type 'number' is not assignable to type 'string'.",
        "TS2322",
        "src/a.ts",
        4,
        15,
        16
    )]
    [InlineData(
        "src/my (dir)/a, b.ts(1,14): error TS2322: Type 'number' is not assignable to type 'string'.",
        "TS2322",
        "src/my (dir)/a, b.ts",
        1,
        14,
        0
    )]
    [InlineData("../shared/b.ts(9,2): error TS1110: Type expected.", "TS1110", "../shared/b.ts", 9, 2, 0)]
    [InlineData(
        "error TS18003: No inputs were found in config file '/x/tsconfig.json'.", "TS18003", "tsconfig.json", 0, 0, 0)]
    [InlineData("error TS5083: Cannot read file '/x/nope.json'.", "TS5083", "tsconfig.json", 0, 0, 0)]
    public void Every_error_has_its_place(string line, string code, string file, int number, int column, int endColumn)
    {
        _ui.Write(
            "src/a.ts",
            "export const n: number = \"x\";\nnope();\nimport c from './zz';\n/* é */ const ü: string = 5;\n");

        var problem = Assert.Single(Parse(line));

        Assert.Equal(
            (code, DiagnosticSeverity.Error, Path.GetFullPath(file, _ui.Path)),
            (problem.Code, problem.Severity, problem.File));
        Assert.Equal((number, column, endColumn), (problem.Line, problem.Column, problem.EndColumn));
        Assert.EndsWith(line.Split($"{code}: ")[1], problem.Message);
        Assert.EndsWith("/docs/diagnostics/TS.md", problem.HelpLink);
    }

    [Fact]
    public void Continuation_lines_belong_to_their_error()
    {
        var found = Parse(
            "src/a.ts(9,3): error TS2345: Argument of type '(a: string) => string' is not assignable to parameter " +
            "of type '(a: number) => string'.",
            "  Types of parameters 'a' and 'a' are incompatible.",
            "    Type 'number' is not assignable to type 'string'.",
            "src/a.ts(10,1): error TS2304: Cannot find name 'x'.");

        Assert.Equal(2, found.Count);
        Assert.EndsWith(
            "=> string'. Types of parameters 'a' and 'a' are incompatible. Type 'number' is not assignable to type " +
            "'string'.", found[0].Message);
    }

    [Fact]
    public void What_Vite_has_reported_on_the_same_line_is_not_reported_again()
    {
        var file = Path.GetFullPath("src/a.ts", _ui.Path);
        var found = Parse(
            "src/a.ts(2,15): error TS1005: ',' expected.",
            "src/a.ts(2,3): error TS2304: Cannot find name 'x'.",
            "src/a.ts(3,3): error TS2307: Cannot find module 'y'.");

        var left = TypeScriptErrors.Without(
            [Diagnostic.Error(DiagnosticCodes.ViteBuildFailed, "Expected").At(file, 2, 15)], found);

        Assert.Equal(["TS2304", "TS2307"], left.Select(one => one.Code));
    }

    [Theory]
    [InlineData("  indented before any error")]
    [InlineData("Error: Unable to resolve @typescript/typescript-linux-x64.")]
    public void Other_lines_are_for_the_log(string line) =>
        Assert.False(new TypeScriptErrors(new UiSources(_ui.Path), _ui["tsconfig.json"]).Add(line));

    private IReadOnlyList<Diagnostic> Parse(params string[] lines)
    {
        var errors = new TypeScriptErrors(new UiSources(_ui.Path), _ui["tsconfig.json"]);
        Assert.All(lines, line => Assert.True(errors.Add(line)));
        return errors.Found;
    }
}
