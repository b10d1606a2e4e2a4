using Omniview.Plugin.Core.Go.Output;

namespace Omniview.Plugin.Core.Tests.Go;

/// <summary>Messages that quote a raw string of several lines.</summary>
public sealed class GoRawStringTests
{
    [Theory]
    [InlineData("cannot use `", true)]
    [InlineData("cannot use `x` (untyped string constant \"x\")", false)]
    [InlineData("cannot use `a` + `", true)]
    [InlineData("cannot use \"`\" (untyped string constant)", false)]
    [InlineData("cannot use \"\\\"`\" (untyped string constant)", false)]
    [InlineData("cannot use '`' (untyped rune constant 96)", false)]
    [InlineData("cannot use '\\'' + `", true)]
    [InlineData("cannot use '\\U00000060' + `", true)]
    [InlineData("cannot use '😀' + `", true)]
    [InlineData("can't use `", true)]
    [InlineData("(untyped string constant \"a constant that Go cuts, with ` in it...) as int value", false)]
    [InlineData("", false)]
    [InlineData("'", false)]
    [InlineData("'\\", false)]
    [InlineData("\"\\", false)]
    public void Knows_whether_one_is_open(string text, bool isOpen) =>
        Assert.Equal(isOpen, GoRawString.IsOpenAfter(text));

    [Theory]
    [InlineData("text \" ' ", true)]
    [InlineData("` (untyped", false)]
    [InlineData("` + `", true)]
    public void Goes_on_where_a_line_before_has_left_it_open(string text, bool isOpen) =>
        Assert.Equal(isOpen, GoRawString.IsOpenAfter(text, isOpen: true));

    [Fact]
    public void Lines_are_what_they_look_like_when_none_ends()
    {
        var problems = ParsedGoOutput.Parse(
            "# p", "a.go:1:2: bad ` here", "\tmore of it", "a.go:3:4: undefined: x", "# q", "b.go:5:6: undefined: y");

        Assert.Equal(
            [(1, "bad ` here\n\tmore of it"), (3, "undefined: x"), (5, "undefined: y")],
            problems.Select(one => (one.Line, GoTypeErrors.TextOf(one))));
    }

    [Fact]
    public void Lines_are_what_they_look_like_when_there_are_too_many()
    {
        string[] lines =
        [
            "# p", "a.go:1:2: bad ` here",
            .. Enumerable.Range(10, 900).Select(line => $"a.go:{line}:1: undefined: x"), "a.go:2000:1: bad ` too",
        ];

        Assert.Equal(902, ParsedGoOutput.Parse(lines).Count);
    }

    [Fact]
    public void None_goes_on_in_the_events_of_another_package()
    {
        var problems = ParsedGoOutput.Parse(
            Event("p", "# p"),
            Event("p", "a.go:1:2: bad ` here"),
            Event("q", "# q"),
            Event("q", "b.go:3:4: bad ` too"));

        Assert.Equal([(1, "bad ` here"), (3, "bad ` too")], problems.Select(one => (one.Line, one.Message)));

        static string Event(string package, string line) =>
            $"{{\"ImportPath\":\"{package}\",\"Action\":\"build-output\",\"Output\":\"{line}\\n\"}}";
    }

    [Fact]
    public void A_linker_quotes_names_otherwise()
    {
        var problems = ParsedGoOutput.Parse(
            "# p", "a.go:1: undefined reference to `f'", "a.go:2: undefined reference to `g'");

        Assert.Equal(
            [(GoProblemKind.UndefinedSymbol.Code, 1), (GoProblemKind.UndefinedSymbol.Code, 2)],
            problems.Select(one => (one.Code, one.Line)));
    }
}
