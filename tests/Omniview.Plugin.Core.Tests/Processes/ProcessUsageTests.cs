using System.Text.Json;
using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Tests.Processes;

[UnixOnly("the children are shell scripts; EverySystemTests has what holds without a shell")]
public sealed class ProcessUsageTests
{
    [Fact]
    public async Task A_busy_child_and_its_busy_descendants_are_added_up()
    {
        var (process, _, _) = await Sh.StartAsync("while :; do :; done & echo ready; while :; do :; done");
        await using var _1 = process;
        var other = process.Usage().Processes.Single(member => member.Pid != process.Id).Pid;
        await Until.TrueAsync(
            () => new[] { process.Id, other }.All(pid => ProcStat.Read(pid)?.CpuTicks > 30), "each has spent 0.3 s");

        var usage = process.Usage();

        // how much others left of them nobody knows
        Assert.InRange(usage.CpuPercent, 1, 110 * Environment.ProcessorCount);
        Assert.True(usage.CpuSeconds >= 0.6, "the other one counts too");
        Assert.Equal(2, usage.Processes.Count);
        Assert.All(usage.Processes, member => Assert.Equal("sh", member.Name));
        Assert.Equal(process.Id, usage.Pid);
    }

    [Fact]
    public async Task Two_who_look_at_once_do_not_disturb_each_other()
    {
        var (process, _, _) = await Sh.StartAsync("echo ready; while :; do :; done");
        await using var _1 = process;
        await Until.TrueAsync(() => process.Usage().CpuPercent > 10, "it is busy");

        List<double> looks = [.. Enumerable.Range(0, 20).Select(_ => process.Usage().CpuPercent)];

        // 0 where others have had all the processors meanwhile
        Assert.All(looks, percent => Assert.InRange(percent, 0, 120));
        Assert.Contains(looks, percent => percent > 5);
    }

    [Fact]
    public async Task Memory_of_all_members_counts()
    {
        // head(1) holds the line; tail(1) too.
        var (process, _, _) = await Sh.StartAsync(
            "head -c 67108864 /dev/zero | tail -c 67108864 | (echo ready; sleep 300) & wait");
        await using var _1 = process;

        await Until.TrueAsync(
            () =>
                process.Usage().Processes.Any(member => member is { Name: "tail", ResidentBytes: > 64 * 1024 * 1024 }),
            "tail has read it all");

        var usage = process.Usage();
        Assert.Equal(usage.ResidentBytes, usage.Processes.Sum(member => member.ResidentBytes));
        Assert.Contains(usage.Processes, member => member.Name == "sleep");
    }

    [Fact]
    public async Task What_it_does_is_told_and_so_are_its_zombies()
    {
        var (process, output, _) = await Sh.StartAsync(
            "while [ \"$(cat /proc/$$/comm)\" != sleep ]; do :; done & echo $!; exec sleep 300");
        await using var _1 = process;
        var zombie = int.Parse(output.Texts.First(), System.Globalization.CultureInfo.InvariantCulture);

        await Until.TrueAsync(
            () => process.Usage().Processes.Any(member => member.Pid == zombie && member.State == ProcessState.Zombie),
            "the background job is a zombie");
        await Until.TrueAsync(() => process.Usage().State == ProcessState.InterruptibleSleep, "it sleeps");

        await SignalAsync(process, "STOP");
        await Until.TrueAsync(() => process.Usage().State == ProcessState.Stopped, "it is stopped");
        await SignalAsync(process, "CONT");
        await Until.TrueAsync(() => process.Usage().State == ProcessState.InterruptibleSleep, "it goes on");
    }

    [Fact]
    public async Task Of_one_that_has_ended_there_is_nothing_to_tell()
    {
        var process = ManagedProcess.Start(Sh.Script("exit 0"), _ => { });
        await process.Exited;

        Assert.Equal(
            (ProcessState.NotFound, 0, 0L),
            (process.Usage().State, process.Usage().Processes.Count, process.Usage().ResidentBytes));
        await process.DisposeAsync();
        Assert.Equal(ProcessState.NotFound, process.Usage().State);
    }

    [Theory]
    [InlineData('R', ProcessState.Running)]
    [InlineData('S', ProcessState.InterruptibleSleep)]
    [InlineData('D', ProcessState.UninterruptibleSleep)]
    [InlineData('T', ProcessState.Stopped)]
    [InlineData('t', ProcessState.TracingStop)]
    [InlineData('Z', ProcessState.Zombie)]
    [InlineData('X', ProcessState.Dead)]
    [InlineData('x', ProcessState.Dead)]
    [InlineData('I', ProcessState.Idle)]
    [InlineData('P', ProcessState.Parked)]
    [InlineData('W', ProcessState.Waking)]
    [InlineData('?', ProcessState.Unknown)]
    internal void Every_letter_of_the_kernel_has_a_name(char letter, ProcessState state) =>
        Assert.Equal(state, UsageMeter.StateOf(letter));

    [Fact]
    public void On_the_wire_a_state_is_words() =>
        Assert.Equal("\"uninterruptible sleep\"", JsonSerializer.Serialize(ProcessState.UninterruptibleSleep));

    private static Task<int> SignalAsync(ManagedProcess process, string signal) =>
        ToolRunner.RunAsync(Sh.Script(
            "kill \"-$1\" \"$2\"", signal, $"{process.Id}"), _ => { }, TestContext.Current.CancellationToken);
}
