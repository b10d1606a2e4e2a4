using System.Globalization;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Building;
using Omniview.Plugin.Core.Go.Commands;
using Omniview.Plugin.Core.Go.Toolchain;

namespace Omniview.Plugin.Core.Tests.Go;

/// <summary>What a real Go does not do on demand.</summary>
public sealed class GoBuilderWithFakeGoTests : IDisposable
{
    // The file after -o.
    private const string FindOutput = "while [ $# -gt 1 ]; do [ \"$1\" = -o ] && out=$2; shift; done\n";

    private readonly GoProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public async Task Does_not_trust_an_exit_code_without_a_program()
    {
        var problem = await _project.FailAsync(_project.Request(_project.Fake("exit 0\n")));

        Assert.Equal(DiagnosticCodes.GoOutputUnusable, problem.Code);
        Assert.Contains($"wrote no {_project.Output}", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_not_take_the_last_program_for_a_new_one()
    {
        _project.Write("pkg/main.go", GoProject.Main);
        Assert.True((await _project.BuildAsync()).Success);

        var problem = await _project.FailAsync(_project.Request(_project.Fake("exit 0\n")));

        Assert.Equal(DiagnosticCodes.GoOutputUnusable, problem.Code);
        Assert.NotNull(GoProgram.Read(_project.Output));
    }

    [Fact]
    public async Task Does_not_put_something_else_in_the_place_of_a_program()
    {
        var problem = await _project.FailAsync(_project.Request(_project.Fake(FindOutput + "echo text > \"$out\"\n")));

        Assert.Equal(DiagnosticCodes.GoOutputUnusable, problem.Code);
        Assert.Contains("is not a program for", problem.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_project.Output));
    }

    [Fact]
    public async Task Does_not_put_a_program_for_another_system_in_place()
    {
        var request = _project.Request(_project.Fake(FindOutput + "cp /bin/sh \"$out\"\n")) with
        {
            Target = new GoTarget("windows", "amd64"),
        };

        var problem = await _project.FailAsync(request);

        Assert.Equal(DiagnosticCodes.GoOutputUnusable, problem.Code);
        Assert.Contains("than asked for (windows/amd64)", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_the_exit_code_of_a_go_that_says_nothing()
    {
        var problem = await _project.FailAsync(_project.Request(_project.Fake("exit 3\n")));

        Assert.Equal(Diagnostic.Error(
            DiagnosticCodes.GoFailed, "go build ended with exit code 3 and said nothing"), problem);
    }

    [Fact]
    public async Task Runs_go_in_the_project_with_the_environment_of_the_request()
    {
        var request = _project.Request(_project.Fake(
            "pwd; echo $GOOS/$GOARCH $GOWORK $GOEXPERIMENT $GOTOOLCHAIN\nexit 1\n")) with
        {
            Target = GoTarget.FromRuntimeIdentifier("win-x64"),
            Options = new() { Work = "off" },
            Environment = new Dictionary<string, string?> { ["GOEXPERIMENT"] = "jsonv2", ["GOTOOLCHAIN"] = null },
        };

        await _project.BuildAsync(request);

        Assert.Equal([_project.Path, "windows/amd64 off jsonv2"], _project.Lines.Select(line => line.Text));
    }

    [Fact]
    public async Task Ends_what_go_has_started_when_cancelled()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "looks for processes in /proc");
        var marker = _project.Write("marker", "");
        var fake = _project.Fake($"(trap '' TERM HUP INT; exec tail -f '{marker}') &\necho started\nwait\n");

        await CancelAtAsync(_project.Request(fake), "started");

        Assert.Empty(ProcessesNaming(marker));
    }

    [Theory]
    [InlineData(null, "GOGC=off")]
    [InlineData("", "GOGC=off")]
    [InlineData("50", "GOGC=50")]
    public async Task Has_the_compiler_collect_no_garbage_unless_the_author_says_how_often(string? given, string seen)
    {
        var lines = new List<string>();
        var request = _project.Request(_project.Fake("echo \"GOGC=$GOGC\"\n")) with
        {
            Environment = new Dictionary<string, string?> { ["GOGC"] = given },
        };

        await GoBuilder.BuildAsync(request, line => lines.Add(line.Text), GoProject.Cancellation);

        Assert.Contains(seen, lines);
    }

    [Fact]
    public async Task Ends_the_compilers_of_a_real_go_when_cancelled_and_removes_its_work()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "looks for processes in /proc");
        _project.Write("pkg/main.go", "package main\n\nimport _ \"net/http\"\n\nfunc main() {}\n");
        var work = Directory.CreateDirectory(_project["work"]).FullName;
        var request = await _project.RequestAsync() with
        {
            Options = new() { ExtraArguments = ["-a", "-x"] },
            Environment = new Dictionary<string, string?> { ["GOTMPDIR"] = work, ["CGO_ENABLED"] = "0" },
        };

        await CancelAtAsync(request, "/compile");

        Assert.Empty(ProcessesNaming(work));
        Assert.Empty(Directory.EnumerateFileSystemEntries(work));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_project["build/bin"]));
    }

    /// <summary>Builds until a line has the text, cancels, and waits for the end.</summary>
    private static async Task CancelAtAsync(GoBuildRequest request, string text)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(GoProject.Cancellation);
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var build = GoBuilder.BuildAsync(
            request,
            line =>
            {
                if (line.Text.Contains(text, StringComparison.Ordinal))
                {
                    seen.TrySetResult();
                }
            },
            cancellation.Token);
        Assert.Same(seen.Task, await Task.WhenAny(seen.Task, build));

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => build);
    }

    private static IEnumerable<string> ProcessesNaming(string text) =>
        Directory.EnumerateDirectories("/proc")
            .Where(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out _))
            .Select(folder =>
            {
                try
                {
                    return File.ReadAllText(Path.Combine(folder, "cmdline"));
                }
                catch (IOException)
                {
                    return ""; // ended meanwhile
                }
            })
            .Where(command => command.Contains(text, StringComparison.Ordinal));
}
