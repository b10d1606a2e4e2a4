using System.Text.Json;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Diagnostics.Sarif;
using Omniview.Plugin.Core.Go.Output;

namespace Omniview.Plugin.Core.Tests.Diagnostics.Sarif;

public sealed class SarifLogTests : IDisposable
{
    private static readonly SarifTool Go = Tool("go build");

    private readonly TempFolder _folder = new();

    private string Log => _folder["out/problems.sarif"];

    private string Project => _folder["plugin"];

    [Fact]
    public void A_problem_is_a_result_with_its_rule_place_and_related_places()
    {
        var error = new Diagnostic("GO7075", DiagnosticSeverity.Error, "undefined: 'é' <x>")
        {
            File = Path.Combine(Project, "pkg", "x.go"),
            Line = 4,
            Column = 9,
            EndLine = 4,
            EndColumn = 12,
            HelpLink = "https://pkg.go.dev/internal/types/errors#UndeclaredName",
            Related = [new RelatedLocation(Path.Combine(Project, "pkg", "y.go"), 7, 0, "other declaration of x")],
        };

        SarifLog.Replace(Log, Go, Project, [Diagnostic.Warning("TS2304", "w"), error, error.At(error.File, 9)]);

        var run = Assert.Single(Runs());
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules");
        Assert.Equal(
            ["TS2304: TS2304", "GO7075: Undeclared name"],
            rules
                .EnumerateArray()
                .Select(rule => $"{rule.GetProperty("id")}: {rule.GetProperty("shortDescription").GetProperty("text")}")
        );
        Assert.Equal(error.HelpLink, rules[1].GetProperty("helpUri").GetString());
        var results = run.GetProperty("results");
        Assert.Equal(
            ["warning", "error", "error"],
            results.EnumerateArray().Select(result => result.GetProperty("level").GetString()));
        Assert.False(results[0].TryGetProperty("locations", out _));
        Assert.Equal("undefined: 'é' <x>", results[1].GetProperty("message").GetProperty("text").GetString());
        Assert.Equal(
            """[{"physicalLocation":{"artifactLocation":{"uri":"pkg/x.go","uriBaseId":"PROJECTROOT"},"region":{"startLine":4,"startColumn":9,"endLine":4,"endColumn":12}}}]""",
            Compact(results[1].GetProperty("locations")));
        Assert.Equal(
            """[{"physicalLocation":{"artifactLocation":{"uri":"pkg/y.go","uriBaseId":"PROJECTROOT"},"region":{"startLine":7,"endLine":7}},"message":{"text":"other declaration of x"}}]""",
            Compact(results[1].GetProperty("relatedLocations")));
    }

    [Theory]
    [InlineData(0, 0, 0, 0, null)]
    [InlineData(0, 5, 0, 0, null)]
    [InlineData(3, 0, 0, 0, """{"startLine":3,"endLine":3}""")]
    [InlineData(3, 5, 0, 0, """{"startLine":3,"startColumn":5}""")]
    [InlineData(3, 5, 3, 8, """{"startLine":3,"startColumn":5,"endLine":3,"endColumn":8}""")]
    [InlineData(3, 5, 0, 8, """{"startLine":3,"startColumn":5,"endLine":3,"endColumn":8}""")]
    [InlineData(3, 5, 4, 1, """{"startLine":3,"startColumn":5,"endLine":4,"endColumn":1}""")]
    [InlineData(3, 5, 4, 0, """{"startLine":3,"startColumn":5,"endLine":4}""")]
    [InlineData(3, 5, 3, 4, """{"startLine":3,"startColumn":5}""")]
    [InlineData(3, 5, 2, 9, """{"startLine":3,"startColumn":5}""")]
    [InlineData(3, 0, 3, 8, """{"startLine":3,"endLine":3}""")]
    public void A_region_says_only_what_is_known(int line, int column, int endLine, int endColumn, string? expected)
    {
        SarifLog.Replace(
            Log,
            Go,
            Project,
            [
                Diagnostic.Error("GO0001", "m").At(_folder["plugin/x.go"], line, column) with
                {
                    EndLine = endLine,
                    EndColumn = endColumn,
                },
            ]);

        var physical = Runs()[0].GetProperty("results")[0].GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal(expected, physical.TryGetProperty("region", out var region) ? Compact(region) : null);
    }

    [Theory]
    [InlineData("x.go", "x.go")]
    [InlineData("a b;c%20é#?/[x]{y}.go", "a%20b%3Bc%2520%C3%A9%23%3F/%5Bx%5D%7By%7D.go")]
    [InlineData("c:x.go", "c%3Ax.go")]
    [InlineData("-\U0001F600.go", "-%F0%9F%98%80.go")]
    public void A_file_of_the_project_is_relative_to_it_and_leads_back_to_the_file(string name, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "names Windows does not allow");
        var file = Path.Combine(Project, name);

        SarifLog.Replace(Log, Go, Project, [Diagnostic.Error("GO0001", "m").At(file)]);

        var run = Runs()[0];
        Assert.Equal(expected, ArtifactUri(run));
        var root = run.GetProperty("originalUriBaseIds").GetProperty("PROJECTROOT").GetProperty("uri").GetString()!;
        Assert.Equal(file, Decoded(root + expected));
    }

    [Fact]
    public void Runs_of_projects_that_share_a_log_are_of_different_categories()
    {
        SarifLog.Replace(Log, Go, Project, []);
        SarifLog.Replace(Log, Tool("vite"), Project, []);
        SarifLog.Replace(Log, Go, _folder["other"], []);

        Assert.Equal(
            ["go build/other/", "go build/plugin/", "vite/plugin/"],
            Runs()
                .Select(run => run.GetProperty("automationDetails").GetProperty("id").GetString())
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_file_elsewhere_has_an_absolute_uri()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the paths are those of Unix");

        SarifLog.Replace(Log, Go, "/a b/plugin", [Diagnostic.Error("GO0001", "m").At("/a b/plugin-2/50%25;é.go")]);

        Assert.Equal("file:///a%20b/plugin-2/50%2525%3B%C3%A9.go", ArtifactUri(Runs()[0]));
    }

    [Fact]
    public void The_next_telling_of_a_tool_replaces_its_last_and_leaves_other_tools_and_projects()
    {
        SarifLog.Replace(Log, Go, Project, [Diagnostic.Error("GO0001", "one")]);
        SarifLog.Replace(Log, Tool("vite"), Project, [Diagnostic.Error("OVP5002", "two")]);
        SarifLog.Replace(Log, Go, _folder["other"], [Diagnostic.Error("GO0001", "three")]);

        SarifLog.Replace(Log, Go, Project, []);

        Assert.Equal(["vite: two", "go build: three", "go build: "], Told());
    }

    [Fact]
    public void The_first_tool_of_a_build_takes_back_what_all_tools_said_of_the_project()
    {
        SarifLog.Replace(Log, Go, Project, [Diagnostic.Error("GO0001", "one")]);
        SarifLog.Replace(Log, Go, _folder["other"], [Diagnostic.Error("GO0001", "two")]);

        SarifLog.Begin(Log, Tool("plugin.yaml"), Project, [Diagnostic.Error("OVP1007", "three")]);

        Assert.Equal(["go build: two", "plugin.yaml: three"], Told());
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\u0001 no JSON")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"version\":\"2.1.0\",\"runs\":{}}")]
    [InlineData("{\"version\":\"1.0.0\",\"runs\":[{}]}")]
    [InlineData("{\"version\":\"2.1.0\",\"runs\":[1,null,[]]}")]
    [InlineData("{\"version\":\"2.1.0\",\"version\":\"2.1.0\",\"runs\":[]}")]
    public void What_is_no_sarif_log_is_overwritten(string content)
    {
        _folder.Write("out/problems.sarif", content);

        SarifLog.Replace(Log, Go, Project, [Diagnostic.Error("GO0001", "one")]);

        Assert.Equal(["go build: one"], Told());
    }

    [Fact]
    public void A_run_of_another_program_stays_whatever_it_holds()
    {
        const string Foreign = """{"tool":{"driver":{"name":"x"}},"originalUriBaseIds":[],"properties":{"a":1}}""";
        _folder.Write("out/problems.sarif", $$"""{"version":"2.1.0","runs":[{{Foreign}}]}""");

        SarifLog.Replace(Log, Go, Project, []);

        using var log = JsonDocument.Parse(File.ReadAllText(Log));
        Assert.Equal(Foreign, Compact(log.RootElement.GetProperty("runs")[0]));
    }

    [Fact]
    public void Tools_that_write_at_once_lose_nothing_and_leave_nothing_but_the_log()
    {
        Parallel.For(
            0,
            40,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            i => SarifLog.Replace(Log, Tool($"tool {i:00}"), Project, [Diagnostic.Error("GO0001", $"{i}")]));

        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"tool {i:00}: {i}"), Told().Order());
        Assert.Equal([Log], Directory.EnumerateFileSystemEntries(_folder["out"]));
    }

    [Fact]
    public void Text_that_is_no_valid_unicode_does_not_spoil_the_log()
    {
        SarifLog.Replace(Log, Go, Project, [Diagnostic.Error("GO0001", "a\ud800b").At(_folder["plugin/\ud800.go"])]);

        Assert.Equal(["go build: a\ufffdb"], Told());
    }

    public void Dispose() => _folder.Dispose();

    private JsonElement[] Runs() => [.. SarifRules.Read(Log).GetProperty("runs").EnumerateArray()];

    private IEnumerable<string> Told() =>
        Runs()
            .Select(run =>
                $"{run.GetProperty("tool").GetProperty("driver").GetProperty("name")}: "
                + string.Join('|', run.GetProperty("results").EnumerateArray().Select(
                    result => result.GetProperty("message").GetProperty("text"))));

    private static string ArtifactUri(JsonElement run) =>
        run.GetProperty("results")[0].GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty(
            "artifactLocation").GetProperty("uri").GetString()!;

    private static string Decoded(string fileUri) => Uri.UnescapeDataString(fileUri["file://".Length..]);

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);

    private static SarifTool Tool(string name) => new(name, "1.2.3", GoProblemKind.Titles);
}
