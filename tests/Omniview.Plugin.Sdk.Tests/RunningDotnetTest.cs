using System.Xml.Linq;
using Omniview.Plugin.Sdk.Tests.Infra;

namespace Omniview.Plugin.Sdk.Tests;

public sealed class RunningDotnetTest(PackageCache packages) : PluginScratch(packages)
{
    [Fact]
    public async Task Builds_runs_the_Go_tests_and_writes_their_results()
    {
        WriteBackendPlugin();
        var file = Write(
            "pkg/main_test.go", "package main\n\nimport \"testing\"\n\nfunc TestGood(t *testing.T) {}\n\nfunc " +
            "TestBad(t *testing.T) {\n\tt.Error(\"no\")\n}\n");
        var results = Path.Combine(Root, "results");

        var all = (await TestAsync("--logger", "trx;LogFileName=all.trx", "--results-directory", results)).ShouldFail();
        var some = (await TestAsync(
            "--no-build", "--filter", "FullyQualifiedName~TestGood", "--logger", "trx", "--results-directory", results))
            .ShouldSucceed();

        Assert.True(File.Exists(InProject("build/bin/plugin")));
        Assert.Equal(
            $"{file}(8): error GO6001: TestBad: no [{ProjectFile}]",
            Assert.Single(all.Lines, line => line.Contains(" error ", StringComparison.Ordinal)));
        Assert.Equal(["TestBad Failed", "TestGood Passed"], Outcomes(Path.Combine(results, "all.trx")));
        Assert.Contains($"Results File: {results}/all.trx", all.Lines.Select(line => line.Trim()));
        Assert.Equal(["TestGood Passed"], Outcomes(Directory.EnumerateFiles(results, "my-plugin_*.trx").Single()));
        Assert.Contains($"{Id}: 1 passed, 0 failed, 0 skipped", some.Lines.Select(line => line.Trim()));
    }

    [Fact]
    public async Task Says_what_a_filter_can_not_do_and_which_tests_there_are()
    {
        WriteBackendPlugin();
        Write(
            "pkg/main_test.go", "package main\n\nimport \"testing\"\n\nfunc TestBad(t *testing.T) " +
            "{\n\tt.Error(\"no\")\n}\n");

        var none = (await TestAsync("--no-build", "--filter", "Category=Unit")).ShouldSucceed();
        var refused = (await TestAsync("--no-build", "--filter", "TestA&TestB")).ShouldFail();
        var listed = (await TestAsync("--list-tests")).ShouldSucceed();

        Assert.Contains("warning OVP1021: ", none.Output, StringComparison.Ordinal);
        Assert.Contains("error OVP1021: ", refused.Output, StringComparison.Ordinal);
        Assert.Contains("TestBad", listed.Lines.Select(line => line.Trim()));
        Assert.False(Directory.Exists(InProject("build")));
    }

    [Fact]
    public async Task Runs_the_UIs_tests_too_also_when_those_in_Go_fail()
    {
        WriteBackendPlugin();
        Write("plugin.yaml", $"id: {Id}\nversion: 1.2.3\ncapabilities: [resource, ui]\n");
        Write(
            "pkg/main_test.go", "package main\n\nimport \"testing\"\n\nfunc TestBad(t *testing.T) " +
            "{\n\tt.Error(\"no\")\n}\n");
        Write("ui/vite.config.ts", "export default {};\n");
        var package = Write(
            "ui/package.json", """{ "name": "ui", "private": true, "scripts": { "test": "node test.mjs" } }""");
        Write("ui/test.mjs", "console.log('1 of 2 is wrong'); process.exit(3);\n");

        var failed = (await TestAsync("--no-build", "--logger", "trx;LogFileName=r.trx")).ShouldFail();
        Write("ui/test.mjs", "");
        var mended = (await TestAsync("--no-build", "--filter", "Nothing")).ShouldSucceed();

        Assert.Contains("error GO6001: TestBad: no", failed.Output, StringComparison.Ordinal);
        Assert.Contains($"{package} : error OVP5011: The UI's tests failed", failed.Output, StringComparison.Ordinal);
        Assert.Contains("1 of 2 is wrong", failed.Output, StringComparison.Ordinal);
        Assert.Equal(["test Failed"], Outcomes(InProject("TestResults/r.ui.trx")));
        Assert.Contains(
            $"{Id}: the UI's tests are left out, because the filter is for Go tests",
            mended.Lines.Select(line => line.Trim()));
    }

    [Fact]
    public async Task Is_no_test_project_to_the_Microsoft_Testing_Platform()
    {
        WriteBackendPlugin();
        Write("global.json", """{ "test": { "runner": "Microsoft.Testing.Platform" } }""");

        var result = (await DotnetAsync("test")).ShouldFail();

        Assert.Contains("No test projects were found.", result.Output, StringComparison.Ordinal);
    }

    private Task<Result> TestAsync(params IEnumerable<string> arguments) =>
        DotnetAsync(["test", "-tl:off", .. arguments]);

    private static List<string> Outcomes(string trx) =>
        [
            .. XDocument
                .Parse(File.ReadAllText(trx))
                .Descendants()
                .Where(element => element.Name.LocalName == "UnitTestResult")
                .Select(result => $"{result.Attribute("testName")!.Value} {result.Attribute("outcome")!.Value}")
                .Order(StringComparer.Ordinal),
        ];
}
