using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Tests.Go;

/// <summary>Failures on a line without a place, and lines that are none.</summary>
public sealed class GoFailureTests
{
    [Theory]
    [InlineData("GO2001", "go: example.net/m/p: ambiguous import: found package example.net/m/p in multiple modules:")]
    [InlineData("GO2001", "ambiguous import: found package image in multiple directories:")]
    [InlineData("GO3002", "main.main: undefined symbol in relocation: main.f")]
    [InlineData("GO3002", "main.main: unreachable sym in relocation: main.f")]
    [InlineData("GO4006", "example.com/p: invalid pkg-config package name: -foo")]
    [InlineData("GO4001", "cgo: #cgo noescape f: no matched C function")]
    [InlineData("GO4004", "asm: main.f: invalid instruction: 00005 (/nowhere/a.s:5)\tADDQ\tb+16(FP), AX")]
    [InlineData("GO4004", "asm: something else")]
    public void Is_of_a_known_kind(string code, string line) =>
        Assert.Equal(code, Assert.Single(ParsedGoOutput.Parse(line)).Code);

    [Theory]
    [InlineData("go: ignoring requirement on excluded version example.com/dep v1.0.0")]
    [InlineData("go: warning: ignoring go.mod in system temp root /tmp")]
    [InlineData("warning: both GOPATH and GOROOT are the same directory (/go); see https://go.dev/wiki/X")]
    [InlineData("# ignoring directory /work/x")]
    [InlineData("mkdir -p $WORK/b001/")]
    [InlineData("echo '# import config' > $WORK/b001/importcfg # internal")]
    [InlineData("TERM='dumb' CGO_LDFLAGS='-g' /go/pkg/tool/linux_amd64/cgo -objdir $WORK/b001/ -- ./a.go")]
    [InlineData("TERM='dumb' gcc -I . -c a.c")]
    [InlineData("cd /my work/plugin")]
    [InlineData("GOROOT='/go' /go/pkg/tool/linux_amd64/link -o $WORK/b001/exe/a.out -buildmode=exe")]
    public void A_warning_of_go_or_a_command_it_shows_is_no_error_beside_one(string line)
    {
        var problems = ParsedGoOutput.Parse(line, "# example.com/p", "a.go:1:2: undefined: x");

        Assert.Equal("GO7075", Assert.Single(problems).Code);
    }

    [Fact]
    public void That_a_pattern_matches_nothing_is_a_warning()
    {
        var problems = ParsedGoOutput.Parse(
            "go: warning: \"./x/...\" matched no packages", "# p", "a.go:1:2: undefined: x");

        Assert.Equal(
            [("GO7075", DiagnosticSeverity.Error), ("GO2011", DiagnosticSeverity.Warning)],
            problems.Select(one => (one.Code, one.Severity)));
    }

    [Fact]
    public void A_warning_is_told_when_it_is_all_that_is_said()
    {
        const string Line = "go: warning: ignoring go.mod in system temp root /tmp";

        Assert.Equal(("GO0002", Line), ParsedGoOutput.Parse(Line) is [var only] ? (only.Code, only.Message) : default);
    }
}
