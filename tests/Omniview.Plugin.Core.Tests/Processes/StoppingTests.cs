using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Tests.Processes;

[UnixOnly("the children are shell scripts; EverySystemTests has what holds without a shell")]
public sealed class StoppingTests
{
    private const string StubbornFamily =
        "trap '' TERM; sh -c 'trap \"\" TERM; echo $$; while :; do sleep 300; done' & while :; do sleep 300; done";

    [Fact]
    public async Task Who_ignores_TERM_is_killed_after_the_grace_with_all_its_descendants()
    {
        var (process, _, grandchild) = await Sh.StartAsync(StubbornFamily);
        await using var _1 = process;

        await process.StopAsync(TimeSpan.FromMilliseconds(200));

        Assert.Equal(128 + 9, await process.Exited);
        AssertGone(process.Id, grandchild);
    }

    [Fact]
    public async Task A_leader_that_obeys_does_not_leave_a_grandchild_that_does_not()
    {
        var (process, output, grandchild) = await Sh.StartAsync(
            "sh -c 'trap \"echo asked\" TERM; echo $$; while :; do sleep 0.01; done' & wait");
        await using var _ = process;

        await process.StopAsync(TimeSpan.FromSeconds(2));

        Assert.Equal(128 + 15, await process.Exited);
        AssertGone(process.Id, grandchild);
        Assert.Single(output.Texts, "asked");
    }

    [Theory]
    [InlineData("kill -KILL $child", false)]
    [InlineData(":", true)] // what it leaves is asked then
    public async Task Who_ends_its_own_descendants_is_asked_alone(string farewell, bool isAsked)
    {
        var output = new Output();
        await using var process = ManagedProcess.Start(
            Sh.Script(
                $"trap '{farewell}; exit 0' TERM; sh -c 'trap \"echo asked\" TERM; echo $$; while :; do sleep 0.01; " +
                "done' & child=$!; wait") with
            {
                EndsOwnChildren = true,
            },
            output.Add);
        var child = await output.NextAsync();

        await process.StopAsync(TimeSpan.FromSeconds(2));

        Assert.Equal(0, await process.Exited);
        AssertGone(process.Id, child);
        Assert.Equal(isAsked, output.Texts.Contains("asked"));
    }

    [Fact]
    public async Task Who_obeys_is_not_waited_for_any_longer()
    {
        var (process, output, _) = await Sh.StartAsync(
            "trap 'echo bye; exit 5' TERM; echo ready; while :; do sleep 0.01; done");
        await using var _1 = process;

        await process.StopAsync(Limits.Wait);

        Assert.Equal(5, await process.Exited);
        Assert.Equal("bye", output.Texts.Last());
    }

    [Fact]
    public async Task A_stop_right_after_the_start_is_not_lost()
    {
        for (var run = 0; run < 20; run++)
        {
            await using var asked = ManagedProcess.Start(Sh.Script("sleep 300"), _ => { });
            var killed = ManagedProcess.Start(Sh.Script("sleep 300"), _ => { });

            await asked.StopAsync(Limits.Wait);
            await killed.DisposeAsync().AsTask().WaitAsync(Limits.Wait, TestContext.Current.CancellationToken);

            AssertGone(asked.Id, killed.Id);
        }
    }

    [Fact]
    public async Task Stopping_many_times_at_once_and_after_the_end_is_one_stop()
    {
        var (process, output, _) = await Sh.StartAsync(
            "trap 'echo asked; exit 0' TERM; echo ready; while :; do sleep 0.01; done");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => process.StopAsync(Limits.Wait))));
        await process.StopAsync(Limits.Wait);
        await process.DisposeAsync();
        await process.DisposeAsync();

        Assert.Single(output.Texts, "asked");
    }

    [Fact]
    public async Task Stopping_what_has_ended_by_itself_ends_what_it_left()
    {
        var (process, _, left) = await Sh.StartAsync("sleep 300 >/dev/null 2>&1 & echo $!; exit 6");
        await using var _1 = process;
        Assert.Equal(6, await process.Exited);

        await process.StopAsync(Limits.Wait);

        AssertGone(left);
    }

    [Fact]
    public async Task Any_number_may_wait_for_the_exit_code()
    {
        var process = ManagedProcess.Start(Sh.Script("read line; exit 7"), _ => { });
        var waiters = Enumerable.Range(0, 3).Select(_ => Task.Run(() => process.Exited)).ToList();

        Assert.All(await Task.WhenAll(waiters), exitCode => Assert.Equal(7, exitCode));
        Assert.Equal(7, await process.Exited);
        await process.DisposeAsync();
    }

    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 42", 42)]
    [InlineData("kill -SEGV $$", 128 + 11)]
    [InlineData("kill -KILL $$", 128 + 9)]
    public async Task The_exit_code_tells_a_signal_as_a_shell_does(string script, int exitCode) =>
        Assert.Equal(
            exitCode, await ToolRunner.RunAsync(Sh.Script(script), _ => { }, TestContext.Current.CancellationToken));

    [Fact]
    public async Task Cancelling_a_tool_ends_its_whole_group()
    {
        var output = new Output();
        using var cancel = new CancellationTokenSource();
        var run = ToolRunner.RunAsync(Sh.Script("echo $$; sleep 300 & echo $!; wait"), output.Add, cancel.Token);
        var (leader, grandchild) = (await output.NextAsync(), await output.NextAsync());

        await cancel.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => run);
        AssertGone(leader, grandchild);
    }

    [Fact]
    public async Task A_tool_that_is_cancelled_beforehand_is_not_started()
    {
        using var folder = new TempFolder();
        await Assert.ThrowsAsync<OperationCanceledException>(() =>
            ToolRunner.RunAsync(
                Sh.Script("touch \"$1/started\"", folder.Path), _ => { }, new CancellationToken(canceled: true)));

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_child_does_not_outlive_a_starter_that_gets_killed()
    {
        await using var starter = await Starter.StartAsync("exec sleep 300");
        var child = await starter.NumberAfterAsync("child");
        Assert.NotNull(ProcessIdentity.Of(child));

        await starter.SignalAsync("KILL");

        await Until.GoneAsync(child);
    }

    [Fact]
    public async Task Who_is_stopped_can_still_end_in_good_order()
    {
        var (process, output, grandchild) = await Sh.StartAsync(
            "sh -c 'trap \"echo bye; exit\" TERM; echo $$; while :; do sleep 0.01; done' & trap 'wait; exit 5' " +
            "TERM; wait");
        await using var _1 = process;
        await ToolRunner.RunAsync(Sh.Script(
            "kill -STOP \"$@\"", $"{process.Id}", grandchild), _ => { }, TestContext.Current.CancellationToken);
        await Until.TrueAsync(
            () => ProcStat.Read(process.Id)?.State == 'T' && ProcStat.Read(Number(grandchild))?.State == 'T',
            "both are stopped");

        await process.StopAsync(Limits.Wait);

        Assert.Equal(5, await process.Exited); // not killed after the grace
        Assert.Contains("bye", output.Texts);
    }

    [Fact]
    public async Task A_grandchild_in_a_session_of_its_own_ends_with_the_others()
    {
        var (process, _, daemon) = await Sh.StartAsync(
            "setsid sh -c 'trap \"\" TERM; echo $$; exec >/dev/null 2>&1; while :; do sleep 0.01; done' & wait");
        await using var _1 = process;

        await process.StopAsync(TimeSpan.FromMilliseconds(100));

        AssertGone(process.Id, daemon);
    }

    private static void AssertGone(params IEnumerable<object> pids) =>
        Assert.All(pids, pid => Assert.Null(ProcessIdentity.Of(Number($"{pid}"))));

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
