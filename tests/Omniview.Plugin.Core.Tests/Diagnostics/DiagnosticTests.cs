using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Tests.Diagnostics;

public sealed class DiagnosticTests
{
    private static readonly Diagnostic Problem = Diagnostic.Error("OVP1008", "The id is not legal.");

    [Fact]
    public void Is_shown_with_file_line_and_column() =>
        Assert.Equal(
            "/a b/plugin.yaml(3,5): error OVP1008: The id is not legal.",
            Problem.At("/a b/plugin.yaml", 3, 5).ToString());

    [Fact]
    public void Is_shown_without_a_column_when_it_is_unknown() =>
        Assert.Equal("/x/go.mod(3): error OVP1008: The id is not legal.", Problem.At("/x/go.mod", 3).ToString());

    [Fact]
    public void Is_shown_without_a_position_when_the_line_is_unknown() =>
        Assert.Equal(
            "/x/go.mod: error OVP1008: The id is not legal.",
            (Problem with { File = "/x/go.mod", Column = 7 }).ToString());

    [Fact]
    public void Is_shown_as_omniviews_when_it_is_about_no_file() =>
        Assert.Equal("omniview: error OVP1008: The id is not legal.", Problem.ToString());

    [Theory]
    [InlineData(DiagnosticSeverity.Error, "error")]
    [InlineData(DiagnosticSeverity.Warning, "warning")]
    [InlineData(DiagnosticSeverity.Message, "message")]
    internal void Is_shown_with_its_severity(DiagnosticSeverity severity, string word) =>
        Assert.Equal(
            $"omniview: {word} OVP1008: The id is not legal.", (Problem with { Severity = severity }).ToString());

    [Fact]
    public void Has_the_end_of_its_span_for_editors_only() =>
        Assert.Equal(
            "/x/a.go(1,2): error OVP1008: The id is not legal.",
            (Problem.At("/x/a.go", 1, 2) with { EndLine = 3, EndColumn = 4 }).ToString());

    [Fact]
    public void Is_another_one_at_another_place()
    {
        var placed = Problem.At("/x/a.go", 1, 2);

        Assert.Null(Problem.File);
        Assert.Equal((Problem.Code, Problem.Severity, Problem.Message), (placed.Code, placed.Severity, placed.Message));
        Assert.Equal(("/x/a.go", 1, 2), (placed.File, placed.Line, placed.Column));
        Assert.Equal(placed, Problem.At("/x/a.go", 1, 2));
        Assert.NotEqual(placed, Problem.At("/x/a.go", 1, 3));
    }

    [Fact]
    public void Links_to_the_page_of_its_code() =>
        Assert.EndsWith("/docs/diagnostics/OVP1008.md", Problem.HelpLink, StringComparison.Ordinal);

    [Fact]
    public void Is_what_its_exception_says()
    {
        var cause = new IOException("disk");
        var exception = new DiagnosticException(Problem.At("/x/go.mod", 3), cause);

        Assert.Equal("/x/go.mod(3): error OVP1008: The id is not legal.", exception.Message);
        Assert.Same(cause, exception.InnerException);
    }
}
