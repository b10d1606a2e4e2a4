using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Output;
using Omniview.Plugin.Core.Go.Testing;
using Omniview.Plugin.Core.Go.Toolchain;

namespace Omniview.Plugin.Core.Tests.Go;

/// <summary>Real tests of a plugin.</summary>
public sealed class GoTesterTests : IDisposable
{
    private readonly GoProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public async Task Counts_the_tests_of_a_good_run()
    {
        WriteTests(
            "func TestA(t *testing.T) {}\nfunc TestB(t *testing.T) { t.Skip(\"later\") }\nfunc TestC(t *testing.T) " +
            "{\n\tt.Run(\"x\", func(t *testing.T) {})\n\tt.Run(\"y\", func(t *testing.T) {})\n}\n");

        var result = await TestAsync();

        Assert.Equal((true, 3, 0, 1), (result.Success, result.Passed, result.Failed, result.Skipped));
        Assert.Empty(result.Diagnostics);
        Assert.Contains(_project.Lines, line => line.Text.StartsWith("--- PASS: TestA", StringComparison.Ordinal));
        Assert.All(_project.Lines, line => Assert.False(line.Text.StartsWith('{')));
    }

    [Fact]
    public async Task Shows_a_failed_test_at_its_line_with_its_name()
    {
        var file = WriteTests(
            "func TestA(t *testing.T) {}\nfunc TestB(t *testing.T) {\n\tt.Errorf(\"got %d\", 1)\n}\n");

        var result = await TestAsync();

        Assert.Equal((false, 1, 1, 0), (result.Success, result.Passed, result.Failed, result.Skipped));
        Assert.Equal(
            Diagnostic.Error(GoProblemKind.TestFailed.Code, "TestB: got 1").At(Path.GetFullPath(file), 7),
            Assert.Single(result.Diagnostics));
    }

    [Fact]
    public async Task Shows_what_vet_finds_in_a_package_without_tests_as_its_own()
    {
        var file = _project.Write(
            "novt/e.go", "package novt\n\nimport \"fmt\"\n\nfunc F() { fmt.Printf(\"%d\", \"x\") }\n");
        var bad = _project.Write("bad/b.go", "package bad\n\nvar x = 1 + \"\"\n");

        var result = await TestAsync();

        Assert.Equal(
            [(Path.GetFullPath(bad), "GO7046"), (Path.GetFullPath(file), GoProblemKind.Vet.Code)],
            result.Diagnostics.Select(one => (one.File!, one.Code)));
    }

    [Fact]
    public async Task Names_the_subtest_that_failed()
    {
        WriteTests(
            "func TestA(t *testing.T) {\n\tt.Run(\"x y\", func(t *testing.T) { t.Fatal(\"no\") })\n\tt.Run(\"z\", " +
            "func(t *testing.T) {})\n}\n");

        var result = await TestAsync();

        Assert.Equal((1, 1), (result.Passed, result.Failed));
        Assert.Equal("TestA/x_y: no", Assert.Single(result.Diagnostics).Message);
    }

    [Fact]
    public async Task Counts_a_test_that_failed_beside_its_good_subtests()
    {
        WriteTests("func TestA(t *testing.T) {\n\tt.Run(\"x\", func(t *testing.T) {})\n\tt.Error(\"no\")\n}\n");

        var result = await TestAsync();

        Assert.Equal((1, 1), (result.Passed, result.Failed));
        Assert.Equal("TestA: no", Assert.Single(result.Diagnostics).Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Places_a_panic_in_the_code_that_panicked(bool release)
    {
        var file = _project.Write(
            "pkg/greet.go", "package main\n\nfunc greet(names map[string]int) {\n\tnames[\"x\"] = 1\n}\n");
        WriteTests("func TestA(t *testing.T) { greet(nil) }\n");

        var result = await TestAsync(request => request with { Release = release });

        var problem = Assert.Single(result.Diagnostics);
        Assert.Equal((GoProblemKind.Panic.Code, Path.GetFullPath(file), 4), (problem.Code, problem.File, problem.Line));
        Assert.StartsWith("TestA: panic: assignment to entry in nil map", problem.Message, StringComparison.Ordinal);
        Assert.Equal(1, result.Failed);
    }

    [Fact]
    public async Task Places_what_keeps_a_test_from_being_built_and_runs_the_others()
    {
        WriteTests("func TestA(t *testing.T) {}\n");
        var file = _project.Write("pkg/sub/sub_test.go", "package sub\n\nvar x int = \"\"\n");

        var result = await TestAsync();

        Assert.Equal((false, 1, 0, 0), (result.Success, result.Passed, result.Failed, result.Skipped));
        var problem = Assert.Single(result.Diagnostics);
        Assert.Equal(
            (DiagnosticSeverity.Error, Path.GetFullPath(file), 3, 13),
            (problem.Severity, problem.File, problem.Line, problem.Column));
    }

    [Fact]
    [NotInWine("a go that is asked for all errors needs more than its second there")]
    public async Task Names_every_type_error_as_go_build_does()
    {
        WriteTests(
            $"func TestA(t *testing.T) {{\n{string.Concat(Enumerable.Range(0, 12).Select(n => $"\tnope{n}()\n"))}}}\n");
        _project.Write("pkg/sub/sub.go", "package sub\n");
        var outside = _project.Write("pkg/sub/sub_test.go", "package sub_test\n\nvar x int = \"\"\n");

        var result = await TestAsync();

        Assert.Equal(13, result.Diagnostics.Count);
        Assert.All(
            result.Diagnostics.Take(12),
            one => Assert.Equal(("GO7075", DiagnosticSeverity.Error), (one.Code, one.Severity)));
        Assert.Equal(
            ("GO7023", Path.GetFullPath(outside)),
            (result.Diagnostics[12].Code, result.Diagnostics[12].File));
    }

    [Fact]
    public async Task Runs_only_what_the_filter_names()
    {
        WriteTests("func TestGood(t *testing.T) {}\nfunc TestBad(t *testing.T) { t.Error(\"no\") }\n");

        var result = await TestAsync(request => request with { Filter = "^TestGood$" });

        Assert.Equal((true, 1, 0, 0), (result.Success, result.Passed, result.Failed, result.Skipped));
    }

    [Fact]
    public async Task Hands_flags_of_their_own_to_the_tests()
    {
        WriteTests(
            "var update = flag.Bool(\"update\", false, \"\")\n\nfunc TestA(t *testing.T) {\n\tif !*update " +
            "{\n\t\tt.Error(\"no\")\n\t}\n}\n", "import (\n\t\"flag\"\n\t\"testing\"\n)");

        var result = await TestAsync(request => request with { TestArguments = ["-update"] });

        Assert.Equal((true, 1), (result.Success, result.Passed));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("1s")]
    public async Task Ends_tests_that_take_too_long(string timeout)
    {
        var file = WriteTests("func TestA(t *testing.T) {\n\tselect {}\n}\n");

        var problem = Assert.Single((await TestAsync(request => request with { Timeout = timeout })).Diagnostics);

        Assert.Equal((
            GoProblemKind.TestTimeout.Code, Path.GetFullPath(file), 6), (problem.Code, problem.File, problem.Line));
    }

    [Fact]
    public async Task Says_that_a_test_ended_the_process()
    {
        var file = WriteTests("func TestA(t *testing.T) { os.Exit(3) }\n", "import (\n\t\"os\"\n\t\"testing\"\n)");

        var result = await TestAsync();

        Assert.Equal((false, 0, 1, 0), (result.Success, result.Passed, result.Failed, result.Skipped));
        var problem = Assert.Single(result.Diagnostics);
        Assert.Equal((
            DiagnosticSeverity.Error, Path.GetFullPath(file), 8), (problem.Severity, problem.File, problem.Line));
    }

    [Fact]
    public async Task Runs_on_this_machine_whatever_is_built_for()
    {
        WriteTests("func TestA(t *testing.T) {}\n");
        var request = new GoTestRequest(
            await _project.RequestAsync() with { Target = GoTarget.FromRuntimeIdentifier("win-arm64") });

        Assert.True((await GoTester.TestAsync(request, _project.Lines.Add, GoProject.Cancellation)).Success);
    }

    private string WriteTests(string tests, string imports = "import \"testing\"")
    {
        _project.Write("pkg/main.go", GoProject.Main);
        return _project.Write("pkg/main_test.go", $"package main\n\n{imports}\n\n{tests}");
    }

    private async Task<GoTestResult> TestAsync(Func<GoTestRequest, GoTestRequest>? change = null)
    {
        var request = new GoTestRequest(await _project.RequestAsync());
        return await GoTester.TestAsync(change?.Invoke(request) ?? request, _project.Lines.Add, GoProject.Cancellation);
    }
}
