using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Tests.Processes;

[UnixOnly("the processes looked at are shells; EverySystemTests looks at others")]
public sealed class ProcessIdentityTests
{
    [Fact]
    public void A_later_process_with_the_same_number_is_another()
    {
        var self = ProcessIdentity.Current;

        Assert.True(self.IsAlive);
        Assert.Equal(Environment.ProcessId, self.Pid);
        Assert.False((self with { StartTicks = self.StartTicks - 1 }).IsAlive);
    }

    [Fact]
    public async Task The_dead_are_not_alive()
    {
        var (process, _, _) = await Sh.StartAsync("echo; exec sleep 300");
        var identity = ProcessIdentity.Of(process.Id);
        Assert.True(identity?.IsAlive);

        await process.DisposeAsync();

        Assert.False(identity?.IsAlive);
        Assert.Null(ProcessIdentity.Of(process.Id));
    }

    [Fact]
    public async Task Zombies_are_dead()
    {
        // After exec nobody waits for the background job, which ends only then.
        var (process, _, zombie) = await Sh.StartAsync(
            "while [ \"$(cat /proc/$$/comm)\" != sleep ]; do :; done & echo $!; exec sleep 300");
        await using var _1 = process;
        var pid = int.Parse(zombie, System.Globalization.CultureInfo.InvariantCulture);

        await Until.TrueAsync(() => ProcStat.Read(pid)?.State == 'Z', "the background job is a zombie");

        Assert.Null(ProcessIdentity.Of(pid));
        Assert.DoesNotContain(pid, Sh.GroupOf(process).Members().Select(member => member.Pid));
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("x) Z 1 (y")]
    [InlineData("((")]
    public async Task Names_with_spaces_and_parentheses_are_read_right(string name)
    {
        using var folder = new TempFolder();
        File.Copy("/bin/sleep", folder[name]);
        await using var process = ManagedProcess.Start(new ProcessSpec(folder[name], ["300"], "/"), _ => { });

        await Until.TrueAsync(
            () => File.ReadAllText($"/proc/{process.Id}/comm").TrimEnd('\n') == name, "the program runs");

        var stat = ProcStat.Read(process.Id);
        Assert.Equal((Environment.ProcessId, process.Id, false), (stat?.Parent, stat?.Group, stat?.IsDead));
        Assert.InRange(stat!.Value.StartTicks, ProcessIdentity.Current.StartTicks, long.MaxValue);
    }
}
