using System.Text.Json;
using Microsoft.Build.Framework;
using Omniview.Plugin.Sdk.Tests.Infra;
using Task = System.Threading.Tasks.Task;

namespace Omniview.Plugin.Sdk.Tests;

public sealed class MachineReadableProblems(PackageCache packages) : PluginScratch(packages)
{
    private const string Broken = "package main\n\nfunc f() int {\n\treturn Foo\n}\n";

    private string ErrorLog => InProject("obj/problems.sarif");

    [Fact]
    public async Task Are_in_the_error_log_until_they_are_mended()
    {
        WriteBackendPlugin(
            "<PropertyGroup><OmniviewErrorLog>obj/problems.sarif,version=2.1</OmniviewErrorLog></PropertyGroup>");
        Write("pkg/x é.go", Broken);

        (await BuildAsync()).ShouldFail();

        var run = Run("go build");
        Assert.Equal(
            Project + "/",
            Uri.UnescapeDataString(
                run.GetProperty("originalUriBaseIds").GetProperty("PROJECTROOT").GetProperty("uri").GetString()![
                    "file://".Length..
                ]));
        var result = Assert.Single(run.GetProperty("results").EnumerateArray());
        Assert.Equal(
            ("GO7075", "error"),
            (result.GetProperty("ruleId").GetString(), result.GetProperty("level").GetString()));
        Assert.Equal(
            """{"artifactLocation":{"uri":"pkg/x%20%C3%A9.go","uriBaseId":"PROJECTROOT"},"region":{"startLine":4,"startColumn":9,"endLine":4,"endColumn":12}}""",
            JsonSerializer.Serialize(result.GetProperty("locations")[0].GetProperty("physicalLocation")));

        Write("pkg/x é.go", Broken.Replace("Foo", "1", StringComparison.Ordinal));
        (await BuildAgainAsync()).ShouldSucceed();

        Assert.Empty(Run("plugin.yaml").GetProperty("results").EnumerateArray());
        Assert.Empty(Run("go build").GetProperty("results").EnumerateArray());
    }

    [Fact]
    public async Task Of_a_step_that_did_not_run_are_not_in_the_error_log()
    {
        WriteBackendPlugin("<PropertyGroup><OmniviewErrorLog>obj/problems.sarif</OmniviewErrorLog></PropertyGroup>");
        Write("pkg/x.go", Broken);
        (await BuildAsync()).ShouldFail();
        Write("plugin.yaml", "id: my-plugin\nversion: 1.2.3\ncapabilities: []\n");

        (await BuildAsync()).ShouldFail();

        Assert.Equal(["plugin.yaml"], Runs().Select(Name));
        Assert.NotEmpty(Run("plugin.yaml").GetProperty("results").EnumerateArray());
    }

    [Fact]
    public async Task Are_annotations_on_GitHub_Actions()
    {
        WriteBackendPlugin();
        Write("pkg/x.go", Broken);
        Environment["GITHUB_ACTIONS"] = "true";
        Environment["GITHUB_WORKSPACE"] = Path.GetDirectoryName(Project);

        var result = (await BuildAsync()).ShouldFail();

        var annotation = Assert.Single(result.Lines, line => line.Contains("::error", StringComparison.Ordinal));
        Assert.Equal(
            "::error file=plugin/pkg/x.go,line=4,col=9,endLine=4,endColumn=12,"
            + "title=GO7075::undefined: Foo [UndeclaredName]",
            annotation.Trim());

        result = (await BuildAgainAsync("-p:OmniviewGitHubAnnotations=false")).ShouldFail();

        Assert.DoesNotContain("::error", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "warning", "warning")]
    [InlineData("TreatWarningsAsErrors", "error", "error")]
    [InlineData("NoWarn", null, null)]
    public async Task Are_as_severe_as_the_build_takes_them(string property, string? level, string? annotation)
    {
        var setting = property switch
        {
            "" => "",
            "NoWarn" => "<NoWarn>OVP1016</NoWarn>",
            _ => $"<{property}>true</{property}>",
        };
        WriteBackendPlugin(
            $"<PropertyGroup><OmniviewErrorLog>obj/problems.sarif</OmniviewErrorLog>{setting}</PropertyGroup>");
        Write("plugin.yaml", $"id: {Id}\nversion: 1.2\ncapabilities: [resource]\n");
        Environment["GITHUB_ACTIONS"] = "true";

        var result = await BuildAsync();

        Assert.Equal(
            level,
            Run("plugin.yaml")
                .GetProperty("results")
                .EnumerateArray()
                .Select(one => one.GetProperty("level").GetString())
                .SingleOrDefault());
        Assert.Equal(
            annotation,
            result
                .Lines.Select(line => line.Trim())
                .SingleOrDefault(line => line.StartsWith("::", StringComparison.Ordinal))
                ?.Split(' ')[0]
                .TrimStart(':'));
    }

    [Fact]
    public async Task Are_OVP1019_when_the_error_log_can_not_be_written()
    {
        WriteBackendPlugin("<PropertyGroup><OmniviewErrorLog>pkg</OmniviewErrorLog></PropertyGroup>");

        var (result, log) = await BuildWithLogAsync();

        result.ShouldFail();
        Assert.Equal("OVP1019", Assert.Single(log.OfType<BuildErrorEventArgs>()).Code);
    }

    private List<JsonElement> Runs() =>
        [.. JsonDocument.Parse(File.ReadAllBytes(ErrorLog)).RootElement.GetProperty("runs").EnumerateArray()];

    private JsonElement Run(string tool) => Runs().Single(run => Name(run) == tool);

    private static string? Name(JsonElement run) =>
        run.GetProperty("tool").GetProperty("driver").GetProperty("name").GetString();
}
