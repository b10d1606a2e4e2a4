using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Tests.Processes;

[UnixOnly("Windows has no process groups")]
public sealed class ProcessGroupTests
{
    [Fact]
    public async Task Descendants_are_found_in_any_session_and_by_the_session_when_their_environment_is_thrown_away()
    {
        var (process, output, inGroup) = await Sh.StartAsync(
            "sleep 300 & echo $!; env -i sleep 300 & echo $!; setsid sleep 300 & echo $!; env -i setsid sleep 300 & " +
            "echo $!; wait");
        await using var _1 = process;
        var (bare, daemon, stranger) = (
            await output.NextNumberAsync(), await output.NextNumberAsync(), await output.NextNumberAsync());
        using var strangersEnd = new Killed(stranger);
        await Until.TrueAsync(
            () => ProcStat.Read(daemon)?.Session == daemon && ProcStat.Read(stranger)?.Session == stranger,
            "two have left the session");
        await Until.TrueAsync(
            () =>
                File.ReadAllText($"/proc/{bare}/comm") == "sleep\n"
                && File.ReadAllText($"/proc/{stranger}/comm") == "sleep\n",
            "two have thrown the environment away");

        var members = Sh.GroupOf(process).Members().Select(member => member.Pid);

        Assert.Equal(
            new[]
            {
                process.Id,
                int.Parse(inGroup, System.Globalization.CultureInfo.InvariantCulture),
                bare,
                daemon,
            }.Order(),
            members.Order());
    }

    [Fact]
    public async Task Without_the_nonce_nobody_is_a_member_not_even_the_leader()
    {
        var (process, _, _) = await Sh.StartAsync("echo ready; exec sleep 300");
        await using var _1 = process;
        var group = Sh.GroupOf(process);

        // there is none to read while it becomes sleep
        await Until.TrueAsync(() => group.Members().Count == 1, "it has its environment");
        Assert.Empty((group with { Nonce = new string('0', Containment.NonceLength) }).Members());
        Assert.Empty((group with { LeaderStart = group.LeaderStart + 1 }).Members());
    }

    [Fact]
    public async Task A_number_that_is_another_process_by_now_is_not_signalled()
    {
        var (process, _, _) = await Sh.StartAsync("echo ready; exec sleep 300");
        await using var _1 = process;
        var identity = ProcessIdentity.Of(process.Id)!;

        ProcessGroup.Signal(identity with { StartTicks = identity.StartTicks - 1 }, ProcessGroup.Kill);
        Assert.True(identity.IsAlive);
        Assert.False(process.Exited.IsCompleted);

        ProcessGroup.Signal(identity, ProcessGroup.Kill);
        Assert.Equal(128 + 9, await process.Exited);
    }

    [Fact]
    public async Task Who_threw_its_environment_away_ends_with_the_others_even_when_the_leader_ends_first()
    {
        var (process, _, bare) = await Sh.StartAsync(
            "env -i sh -c 'trap \"\" TERM; echo $$; while :; do sleep 0.01; done' & wait");
        await using var _1 = process;

        await process.StopAsync(TimeSpan.FromMilliseconds(100));

        Assert.Null(ProcessIdentity.Of(int.Parse(bare, System.Globalization.CultureInfo.InvariantCulture)));
    }
}
