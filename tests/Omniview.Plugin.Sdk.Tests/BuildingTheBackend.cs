using System.Runtime.InteropServices;
using Microsoft.Build.Framework;
using Omniview.Plugin.Sdk.Tests.Infra;
using Task = System.Threading.Tasks.Task;

namespace Omniview.Plugin.Sdk.Tests;

public sealed class BuildingTheBackend(PackageCache packages) : PluginScratch(packages)
{
    [Fact]
    public async Task Shows_a_type_error_once_with_file_line_column_code_and_help()
    {
        WriteBackendPlugin();
        var file = Write("pkg/x.go", "package main\n\nfunc f() int {\n\treturn Foo\n}\n");

        var (result, log) = await BuildWithLogAsync();

        result.ShouldFail();
        var beforeSummary = result.Lines.TakeWhile(line => line != "Build FAILED.");
        var line = Assert.Single(beforeSummary, line => line.Contains("Foo", StringComparison.Ordinal));
        Assert.Equal($"{file}(4,9): error GO7075: undefined: Foo [UndeclaredName] [{ProjectFile}]", line.Trim());
        var error = Assert.Single(log.OfType<BuildErrorEventArgs>());
        Assert.Equal(
            (file, 4, 9, "GO7075", "undefined: Foo [UndeclaredName]"),
            (error.File, error.LineNumber, error.ColumnNumber, error.Code, error.Message));
    }

    [Theory]
    [InlineData("-p:OmniviewErrorSpans=true")]
    [InlineData("-p:BuildingInsideVisualStudio=true")]
    public async Task Tells_an_ide_what_an_error_spans(string property)
    {
        WriteBackendPlugin();
        var file = Write("pkg/x.go", "package main\n\nfunc f() int {\n\treturn Foo\n}\n");

        var (result, log) = await BuildWithLogAsync(property);

        Assert.Contains(
            $"{file}(4,9,4,12): error GO7075", result.ShouldFail().Output, StringComparison.Ordinal);
        var error = Assert.Single(log.OfType<BuildErrorEventArgs>());
        Assert.Equal((4, 9, 4, 12), (error.LineNumber, error.ColumnNumber, error.EndLineNumber, error.EndColumnNumber));
    }

    [Fact]
    public async Task Shows_an_error_of_several_lines_as_one()
    {
        WriteBackendPlugin();
        var file = Write("pkg/x.go", "package main\n\nfunc f() (int, error) {\n\treturn 1\n}\n");

        var (result, log) = await BuildWithLogAsync();

        var line = Assert.Single(
            result.ShouldFail().Lines.TakeWhile(line => line != "Build FAILED."),
            line => line.Contains("x.go(", StringComparison.Ordinal));
        Assert.Equal(
            $"{file}(4,9): error GO7103: not enough return values; have (number); want (int, error) " +
            $"[WrongResultCount] [{ProjectFile}]", line.Trim());
        Assert.Equal(
            "not enough return values; have (number); want (int, error) [WrongResultCount]",
            Assert.Single(log.OfType<BuildErrorEventArgs>()).Message);
    }

    [Fact]
    public async Task Lists_thirty_errors_in_four_packages_each_once_and_alike_on_the_console_and_in_the_log()
    {
        WriteBackendPlugin();
        List<string> expected = [];
        foreach (var (package, count) in new[] { ("a", 12), ("b", 3), ("c", 11), ("d", 4) }) // more than go's ten, too
        {
            var errors = Enumerable.Range(1, count).Select(i => $"var v{i} int = missing{i}");
            var file = Write($"pkg/{package}/x.go", $"package {package}\n\n{string.Join('\n', errors)}\n");
            expected.AddRange(
                Enumerable.Range(1, count).Select(i => $"{file}({2 + i},{(i < 10 ? 14 : 15)}): error " +
                    $"GO7075: undefined: missing{i} [UndeclaredName]"));
        }

        Write(
            "pkg/uses.go", "package main\n\nimport (\n\t_ \"example.com/my-plugin/pkg/d\"\n\t_ " +
            "\"example.com/my-plugin/pkg/b\"\n\t_ \"example.com/my-plugin/pkg/c\"\n\t_ " +
            "\"example.com/my-plugin/pkg/a\"\n)\n");

        var (result, log) = await BuildWithLogAsync();

        var shown = result.ShouldFail().Lines.TakeWhile(line => line != "Build FAILED.").Where(
            line => line.Contains(": error ", StringComparison.Ordinal));
        Assert.Equal(expected.Select(line => $"{line} [{ProjectFile}]"), shown.Select(line => line.Trim()));
        Assert.Equal(
            expected,
            log.OfType<BuildErrorEventArgs>()
                .Select(error =>
                    $"{error.File}({error.LineNumber},{error.ColumnNumber}): error {error.Code}: {error.Message}"));
    }

    [Fact]
    public async Task Links_the_code_of_an_error_to_its_page()
    {
        WriteBackendPlugin();
        Write("pkg/x.go", "package main\n\nvar x = Foo\n");

        // A binary log holds no help links (18.9), but the terminal logger shows them as links on the code.
        var result = (await DotnetAsync("build", "-nologo", "--tl:on")).ShouldFail();

        Assert.Contains(
            "\e]8;;https://pkg.go.dev/internal/types/errors#UndeclaredName\e\\GO7075\e]8;;",
            result.Output,
            StringComparison.Ordinal);
        Assert.DoesNotContain("  GO7075: ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_the_page_of_each_code_once_where_a_code_can_be_no_link()
    {
        WriteBackendPlugin();
        var file = Write("pkg/x.go", "package main\n\nvar x, y int = Foo, Bar\nvar z string = 1\n");

        var result = (await BuildAsync()).ShouldFail();

        var lines = result.Lines.TakeWhile(line => line != "Build FAILED.").Select(line => line.Trim()).ToList();
        var first = lines.FindIndex(line => line.StartsWith($"{file}(3,", StringComparison.Ordinal));
        Assert.Equal("GO7075: https://pkg.go.dev/internal/types/errors#UndeclaredName", lines[first + 1]);
        Assert.Single(result.Lines, line => line.Contains("#UndeclaredName", StringComparison.Ordinal));
        Assert.Single(result.Lines, line => line.Contains("#IncompatibleAssign", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keeps_the_last_good_binary_when_the_next_build_fails()
    {
        WriteBackendPlugin();
        (await BuildAsync()).ShouldSucceed();
        var before = await File.ReadAllBytesAsync(InProject("build/bin/plugin"), TestContext.Current.CancellationToken);
        Write("pkg/x.go", "package main\n\nvar x int = \"no\"\n");

        (await BuildAgainAsync()).ShouldFail();

        Assert.Equal(
            before, await File.ReadAllBytesAsync(InProject("build/bin/plugin"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Makes_a_windows_executable_for_a_windows_runtime_identifier()
    {
        WriteBackendPlugin();

        (await BuildAsync("-p:RuntimeIdentifier=win-x64")).ShouldSucceed();

        var image = await File.ReadAllBytesAsync(
            InProject("build/win-x64/bin/plugin.exe"), TestContext.Current.CancellationToken);
        Assert.Equal("MZ"u8, image.AsSpan(0, 2));
    }

    [Fact]
    public async Task Says_where_it_looked_when_there_is_no_go()
    {
        WriteBackendPlugin();
        Environment["PATH"] = "/usr/bin:/bin";
        Environment["OMNIVIEW_GO_PATH"] = null;

        var result = (await BuildAsync("-clp:NoSummary", "-p:GoToolPath=/nowhere/go")).ShouldFail();

        Assert.Contains("error OVP2001", result.Output, StringComparison.Ordinal);
        Assert.Contains("/nowhere/go", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PosixSignal.SIGINT)] // MSBuild cancels its tasks
    [InlineData(PosixSignal.SIGTERM)] // MSBuild cancels nothing and just ends
    public async Task Ends_go_and_all_it_started_at_a_signal(PosixSignal signal)
    {
        WriteBackendPlugin();
        var started = Path.Combine(Root, "started");
        var go = FakeTool(
            "go", "case $1 in version) echo go version go1.27.0 linux/amd64;; build) trap '' TERM; (trap '' TERM; " +
            $"sleep 300) & touch '{started}'; sleep 300;; *) exit 0;; esac\n");

        var build = Start("dotnet", "build", "-tl:off", $"-p:GoToolPath={go}");
        await Poll.UntilAsync(() => File.Exists(started), "go build is running");
        build.Signal(signal);
        await Poll.UntilAsync(
            () => LivingProcesses().All(process => !process.Contains("sleep", StringComparison.Ordinal)),
            "go and its children are gone");

        await build.ExitAsync();
        // "returned false but did not log an error"
        Assert.DoesNotContain("MSB4181", build.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Starts_no_tool_at_design_time()
    {
        WriteBackendPlugin();
        var called = Path.Combine(Root, "called");
        var go = FakeTool("go", $"touch '{called}'\nexit 1\n");

        (
            await BuildAsync(
                "-t:Build;VSTest;Publish;Pack;RestorePlugin;GoVet",
                "-p:DesignTimeBuild=true",
                $"-p:GoToolPath={go}",
                "-p:RuntimeIdentifiers=\"linux-x64;win-x64\"")
        ).ShouldSucceed();

        Assert.False(File.Exists(called));
    }
}
