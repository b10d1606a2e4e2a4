using System.Globalization;
using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Tests.TestRun;

/// <summary>A run of tests that never end ends all the same: by the limit each test has, or by the watchdog.</summary>
[LinuxOnly("the watchdog finds the processes in /proc")]
public sealed class EndingATestRun : IDisposable
{
    private static readonly string Tests = Path.Combine(AppContext.BaseDirectory, "Omniview.Plugin.Core.Tests");
    private static readonly string Watchdog = Path.Combine(AppContext.BaseDirectory, "Omniview.Plugin.TestWatchdog");

    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Each_test_has_a_limit_whatever_it_does()
    {
        var limit = new Dictionary<string, string?> { [Limits.TestLimitVariable] = "1500" };

        var (exitCode, output) = await RunAsync(
            Tests, [.. Explicit("*OnPurpose"), "-class", "*HangingAtItsEnd"], limit);

        Assert.True(exitCode != 0, output);
        Assert.Equal(6, output.Split("timed out after 1500 milliseconds").Length - 1);
        Assert.Contains("Failed: 6,", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_progress_the_run_is_ended_with_all_it_started_and_tells_what_everything_does()
    {
        var file = _folder["child"];
        string[] methods = [
            "-method", "*.Awaits_for_ever", "-method", "*.Spins", "-method", "*.Passes_and_is_never_disposed_of"];

        var (exitCode, output) = await RunAsync(
            Watchdog,
            ["10", "1000", Tests, "-maxThreads", "unlimited", "-explicit", "only", .. methods],
            new() { [HangingOnPurpose.ChildVariable] = file });

        Assert.True(exitCode == 124, output);
        Assert.Contains("no test has begun or ended for 10 s", output, StringComparison.Ordinal);
        Assert.Contains("HangingOnPurpose.Awaits_for_ever (", output, StringComparison.Ordinal);
        Assert.Contains("HangingOnPurpose+<AwaitAsync>", output, StringComparison.Ordinal);
        Assert.Contains("HangingOnPurpose+<Awaits_for_ever>", output, StringComparison.Ordinal);
        Assert.Contains("SpinningOnPurpose.Spins()", output, StringComparison.Ordinal);
        Assert.Contains("HangingAtItsEnd+<DisposeAsync>", output, StringComparison.Ordinal);
        Assert.Null(ProcessIdentity.Of(int.Parse(await File.ReadAllTextAsync(
            file, TestContext.Current.CancellationToken), CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task A_fixture_that_does_not_end_is_noticed_when_no_test_is_under_way()
    {
        var (exitCode, output) = await RunAsync(
            Watchdog, ["5", "1000", Tests, .. Explicit("*HangingWithItsFixture")], []);

        Assert.True(exitCode == 124, output);
        Assert.Contains(
            "The last that ended: Omniview.Plugin.Core.Tests.TestRun.HangingWithItsFixture.Passes",
            output,
            StringComparison.Ordinal);
        Assert.Contains("No test is under way.", output, StringComparison.Ordinal);
        Assert.Contains("HangingWithItsFixture+Fixture+<DisposeAsync>", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_takes_too_long_as_a_whole_is_ended()
    {
        var (exitCode, output) = await RunAsync(Watchdog, ["1000", "5", "/bin/sleep", "100000"], []);

        Assert.True(exitCode == 124, output);
        Assert.Contains("has taken 5 s", output, StringComparison.Ordinal);
        Assert.Contains("/bin/sleep 100000", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 3", 3)]
    public async Task A_run_that_ends_has_its_own_exit_code(string script, int expected) =>
        Assert.Equal((expected, ""), await RunAsync(Watchdog, ["1000", "1000", "/bin/sh", "-c", script], []));

    [Fact]
    public async Task A_run_that_leaves_a_process_behind_fails_and_names_it()
    {
        var (exitCode, output) = await RunAsync(
            Watchdog, ["15", "1000", "/bin/sh", "-c", "setsid sleep 100001 >&2 &"], []);

        Assert.True(exitCode == 1, output);
        Assert.Contains("sleep 100001", output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static string[] Explicit(string classes) => ["-explicit", "only", "-class", classes];

    private static async Task<(int ExitCode, string Output)> RunAsync(
        string program, string[] arguments, Dictionary<string, string?> environment)
    {
        var lines = new List<string>();
        var spec = new ProcessSpec(program, arguments, AppContext.BaseDirectory) { Environment = environment };
        var exitCode = await ToolRunner.RunAsync(
            spec, line => lines.Add(line.Text), TestContext.Current.CancellationToken);
        return (exitCode, string.Join('\n', lines));
    }
}
