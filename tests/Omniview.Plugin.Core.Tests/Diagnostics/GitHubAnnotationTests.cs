using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Tests.Diagnostics;

public sealed class GitHubAnnotationTests
{
    private static readonly Diagnostic Plain = Diagnostic.Error("GO0001", "undefined: y");

    public static TheoryData<object, string?, string> Annotations =>
        new()
        {
            { Plain, "/w", "::error title=GO0001::undefined: y" },
            { Plain with { Severity = DiagnosticSeverity.Warning }, null, "::warning title=GO0001::undefined: y" },
            { Plain with { Severity = DiagnosticSeverity.Message }, null, "::notice title=GO0001::undefined: y" },
            { Plain.At("/w/pkg/x.go"), "/w", "::error file=pkg/x.go,title=GO0001::undefined: y" },
            { Plain.At("/w/pkg/x.go", 3), "/w/", "::error file=pkg/x.go,line=3,title=GO0001::undefined: y" },
            {
                Plain.At("/w/x.go", 3, 5) with
                {
                    EndLine = 3,
                    EndColumn = 8,
                },
                "/w",
                "::error file=x.go,line=3,col=5,endLine=3,endColumn=8,title=GO0001::undefined: y"
            },
            {
                Plain.At("/elsewhere/x.go", 3, 5),
                "/w",
                "::error file=/elsewhere/x.go,line=3,col=5,title=GO0001::undefined: y"
            },
            { Plain.At("/where/x.go", 3, 5), "/w", "::error file=/where/x.go,line=3,col=5,title=GO0001::undefined: y" },
            { Plain.At("/w/..x/y.go"), "/w", "::error file=..x/y.go,title=GO0001::undefined: y" },
            { Plain.At("/w/x.go", 3, 5), null, "::error file=/w/x.go,line=3,col=5,title=GO0001::undefined: y" },
            { Plain.At("/w/x.go", 3, 5), "", "::error file=/w/x.go,line=3,col=5,title=GO0001::undefined: y" },
            {
                Plain.At("/w/a b,c:d%2Cé#;.go"),
                "/w",
                "::error file=a b%2Cc%3Ad%252Cé#;.go,title=GO0001::undefined: y"
            },
            {
                Diagnostic.Error("X:1,2", "100%\r\nhave (a, b)\n::error::%0A"),
                null,
                "::error title=X%3A1%2C2::100%25%0D%0Ahave (a, b)%0A::error::%250A"
            },
        };

    [Theory, MemberData(nameof(Annotations))]
    [UnixOnly("the paths are those of Unix")]
    public void It_is_what_the_runner_reads(object diagnostic, string? workspace, string expected) =>
        Assert.Equal(expected, GitHubAnnotation.Of((Diagnostic)diagnostic, workspace));

    [Theory]
    [WindowsOnly("the paths are those of Windows")]
    [InlineData(@"C:\w\pkg\x.go", @"c:\W", "pkg/x.go")]
    [InlineData(@"C:\w\..x\y.go", @"C:\w\", "..x/y.go")]
    [InlineData(@"D:\w\x.go", @"C:\w", "D%3A/w/x.go")]
    [InlineData(@"\\server\share\x.go", null, "//server/share/x.go")]
    public void On_Windows_it_names_a_file_with_slashes(string file, string? workspace, string expected) =>
        Assert.Equal(
            $"::error file={expected},title=GO0001::undefined: y", GitHubAnnotation.Of(Plain.At(file), workspace));

    /// <summary>
    /// Read as the runner does: leading space skipped, split at "::", then at commas, then at the first equals sign.
    /// </summary>
    [Theory, MemberData(nameof(Annotations))]
    [UnixOnly("the paths are those of Unix")]
    public void The_runner_gets_back_what_went_in(object problem, string? workspace, string expected)
    {
        var diagnostic = (Diagnostic)problem;
        Assert.NotEmpty(expected);
        var line = "  " + GitHubAnnotation.Of(diagnostic, workspace);

        Assert.DoesNotContain('\n', line);
        var parts = line.TrimStart()[2..].Split("::", 2);
        var properties = parts[0][(parts[0].IndexOf(' ', StringComparison.Ordinal) + 1)..].Split(',').Select(
            pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => Unescape(pair[1]));
        Assert.Equal(diagnostic.Message, Unescape(parts[1]));
        Assert.Equal(diagnostic.Code, properties["title"]);
        Assert.Equal(
            diagnostic.File,
            properties.TryGetValue("file", out var file)
                ? Path.GetFullPath(file, string.IsNullOrEmpty(workspace) ? "/" : workspace)
                : null);
    }

    private static string Unescape(string text) =>
        text.Replace("%0D", "\r", StringComparison.Ordinal).Replace("%0A", "\n", StringComparison.Ordinal)
            .Replace("%3A", ":", StringComparison.Ordinal)
            .Replace("%2C", ",", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal);
}
