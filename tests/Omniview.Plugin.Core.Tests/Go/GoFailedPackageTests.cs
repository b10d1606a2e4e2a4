using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Output;

namespace Omniview.Plugin.Core.Tests.Go;

/// <summary>Events say which packages have failed: only what they tell is an error.</summary>
public sealed class GoFailedPackageTests
{
    [Fact]
    public void Notes_of_good_packages_crowd_out_no_error()
    {
        var parser = new GoOutputParser(ParsedGoOutput.Folder);
        for (var package = 0; package < 50; package++)
        {
            for (var line = 1; line <= 100; line++)
            {
                parser.Add(Output($"good{package}", $"good{package}/a.go:{line}:1: note {line}"));
            }

            parser.Add(Output($"good{package}", "what nobody knows"));
        }

        parser.Add(Output("bad", "bad/a.go:1:2: undefined: x"));
        parser.Add(Fail("bad"));
        parser.Add(Output("later", "later/a.go:1:1: note"));

        var problems = parser.Finish(1);
        var error = Assert.Single(problems, one => one.Severity == DiagnosticSeverity.Error);
        Assert.Equal(("GO7075", 1, 2), (error.Code, error.Line, error.Column));
        Assert.Contains(problems, one => one.Message == "note");
        Assert.InRange(problems.Count, 900, GoProblemList.Shown + 1);
        Assert.Equal(
            (GoProblemKind.More.Code, $"and {50 * 100 + 2 - (problems.Count - 1)} more: see the output of go."),
            (problems[^1].Code, problems[^1].Message));
    }

    [Fact]
    public void Errors_of_a_package_are_counted_beyond_those_that_are_shown()
    {
        var parser = new GoOutputParser(ParsedGoOutput.Folder);
        for (var line = 1; line <= GoProblemList.Shown + 5; line++)
        {
            parser.Add(Output("bad", $"bad/a.go:{line}:1: undefined: x"));
        }

        parser.Add(Fail("bad"));

        var more = parser.Finish(1)[^1];
        Assert.Equal(
            (DiagnosticSeverity.Error, "and 5 more: see the output of go."), (more.Severity, more.Message));
    }

    [Fact]
    public void All_is_what_it_looks_like_when_no_package_is_said_to_have_failed()
    {
        var parser = new GoOutputParser(ParsedGoOutput.Folder);
        parser.Add(Output("p", "p/a.go:1:2: undefined: x"));

        Assert.Equal(DiagnosticSeverity.Error, Assert.Single(parser.Finish(1)).Severity);
    }

    [Theory]
    [InlineData("x escapes to heap")]
    [InlineData("x escapes to heap in f:")]
    [InlineData("can inline F with cost 4 as: func() { }")]
    [InlineData("live at call to F: x")]
    public void A_note_beside_an_error_of_its_package_is_none(string note)
    {
        var problems = ParsedGoOutput.Parse("# p", $"a.go:1:2: {note}", "a.go:3:4: stack frame too large (>1GB)");

        Assert.Equal(
            [(DiagnosticSeverity.Message, 1), (DiagnosticSeverity.Error, 3)],
            problems.Select(one => (one.Severity, one.Line)));
    }

    private static string Output(string package, string line) =>
        $"{{\"ImportPath\":\"{package}\",\"Action\":\"build-output\",\"Output\":\"{line}\\n\"}}";

    private static string Fail(string package) => $"{{\"ImportPath\":\"{package}\",\"Action\":\"build-fail\"}}";
}
