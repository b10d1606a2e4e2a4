using Omniview.Plugin.Sdk.Tests.Infra;

namespace Omniview.Plugin.Sdk.Tests;

public sealed class VettingAndTestingGo(PackageCache packages) : PluginScratch(packages)
{
    private const string Suspicious =
        "package main\n\nimport \"fmt\"\n\nfunc f() {\n\tfmt.Printf(\"%d\\n\", \"x\")\n}\n";
    private const string Finding = "warning GO5001: fmt.Printf format %d has arg \"x\" of wrong type string";

    [Fact]
    public async Task Shows_what_vet_finds_as_a_warning_of_the_build()
    {
        WriteBackendPlugin();
        var file = Write("pkg/x.go", Suspicious);

        var result = (await BuildAsync("-c", "Release")).ShouldSucceed();

        Assert.Equal($"{file}(6,14): {Finding} [{ProjectFile}]", Assert.Single(Told(result), IsOfVet).Trim());
    }

    [Fact]
    public async Task Obeys_what_the_project_says_about_warnings()
    {
        WriteBackendPlugin("<PropertyGroup><GoVetOnBuild>true</GoVetOnBuild></PropertyGroup>");
        Write("pkg/x.go", Suspicious);

        var silenced = (await BuildAsync("-p:NoWarn=GO5001")).ShouldSucceed();
        var refused = (await BuildAgainAsync("-p:TreatWarningsAsErrors=true")).ShouldFail();

        Assert.DoesNotContain(silenced.Lines, IsOfVet);
        Assert.Contains(": error GO5001: ", Assert.Single(Told(refused), IsOfVet), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaves_vet_out_of_builds_that_somebody_waits_for()
    {
        WriteBackendPlugin();
        Write("pkg/x.go", Suspicious);

        var build = (await BuildAsync()).ShouldSucceed();
        var vet = (await BuildAgainAsync("-t:GoVet")).ShouldSucceed();

        Assert.DoesNotContain(build.Lines, IsOfVet);
        Assert.Single(Told(vet), IsOfVet);
    }

    [Fact]
    public async Task Shows_a_type_error_once_and_does_not_vet_then()
    {
        WriteBackendPlugin("""
            <PropertyGroup><GoVetOnBuild>true</GoVetOnBuild></PropertyGroup>
            <Target Name="Seen" BeforeTargets="BeforeGoVet"><Message Importance="High" Text="vetting" /></Target>
            """);
        Write("pkg/x.go", "package main\n\nvar x = Foo\n");

        var result = (await BuildAsync()).ShouldFail();

        Assert.Single(Told(result), line => line.Contains("Foo", StringComparison.Ordinal));
        Assert.DoesNotContain(result.Lines, line => line.Contains("vetting", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Fails_with_the_place_of_a_failed_test_until_it_is_mended()
    {
        WriteBackendPlugin();
        Write("pkg/good_test.go", "package main\n\nimport \"testing\"\n\nfunc TestGood(t *testing.T) {}\n");
        var file = Write("pkg/main_test.go", Test("hi"));

        var failed = (await BuildAsync("-t:GoTest")).ShouldFail();
        Write("pkg/main_test.go", Test("hello"));
        var mended = (await BuildAgainAsync("-t:GoTest")).ShouldSucceed();

        Assert.Equal(
            $"{file}(7): error GO6001: TestGreeting: got hello [{ProjectFile}]",
            Assert.Single(Told(failed), line => line.Contains(" error ", StringComparison.Ordinal)).Trim());
        Assert.Contains(failed.Lines, line => line.Trim() == $"{Id}: 1 passed, 1 failed, 0 skipped");
        Assert.Contains(mended.Lines, line => line.Trim() == $"{Id}: 2 passed, 0 failed, 0 skipped");
        Assert.False(Directory.Exists(InProject("build")));
    }

    [Fact]
    public async Task Hands_filter_arguments_and_tags_to_the_tests()
    {
        WriteBackendPlugin(
            "<PropertyGroup><GoTags>fancy</GoTags><GoTestArguments>-short;-count=1</GoTestArguments></PropertyGroup>");
        Write("pkg/main_test.go", Test("hi"));
        Write(
            "pkg/fancy_test.go", "//go:build fancy\n\npackage main\n\nimport \"testing\"\n\nfunc TestFancy(t " +
            "*testing.T) {\n\tif testing.Short() {\n\t\tt.Skip()\n\t}\n}\n");

        var result = (await BuildAsync("-t:GoTest", "-p:GoTestFilter=Fancy", "-p:GoTestTimeout=60")).ShouldSucceed();

        Assert.Contains(result.Lines, line => line.Trim() == $"{Id}: 0 passed, 0 failed, 1 skipped");
    }

    /// <summary>Without the summary, which tells everything again.</summary>
    private static IEnumerable<string> Told(Result result) =>
        result.Lines.TakeWhile(line => line is not ("Build succeeded." or "Build FAILED."));

    private static bool IsOfVet(string line) =>
        line.Contains("warning GO5001: ", StringComparison.Ordinal)
        || line.Contains("error GO5001: ", StringComparison.Ordinal);

    private static string Test(string expected) =>
        $"package main\n\nimport \"testing\"\n\nfunc TestGreeting(t *testing.T) {{\n\tif greeting() != " +
        $"\"{expected}\" {{\n\t\tt.Error(\"got\", greeting())\n\t}}\n}}\n";
}
