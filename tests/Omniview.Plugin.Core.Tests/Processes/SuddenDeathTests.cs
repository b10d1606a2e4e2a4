using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Tests.Processes;

/// <summary>What is left when the process that starts and ends all others gets SIGKILL.</summary>
[UnixOnly("the children are shell scripts; EverySystemTests has what holds without a shell")]
public sealed class SuddenDeathTests : IDisposable
{
    /// <summary>
    /// Prints the PIDs of a descendant that ignores TERM, of one in a session of its own, and of one in a group of its
    /// own (timeout(1) makes one), and waits.
    /// </summary>
    private const string Family =
        "sh -c 'trap \"\" TERM; echo $$; while :; do sleep 300; done' & setsid sh -c 'trap \"\" TERM; echo $$; " +
        "while :; do sleep 300; done' >&2 & timeout 300 sleep 300 & echo $!; wait";

    private readonly TempFolder _folder = new();

    private string Records => _folder["groups"];

    [Fact]
    public async Task A_guarded_starter_leaves_nobody()
    {
        await using var starter = await Starter.StartAsync(Family, "--guarded", Records);
        var guardian = await starter.NumberAfterAsync("guardian");
        var child = await starter.NumberAfterAsync("child");
        int[] family = [child, .. await FamilyAsync(starter)];
        Assert.All(family, pid => Assert.NotNull(ProcessIdentity.Of(pid)));

        await starter.SignalAsync("KILL");
        await AllGoneAsync([.. family, guardian]);

        await Until.TrueAsync(() => !Directory.EnumerateFiles(Records).Any(), "no record is left");
    }

    [Fact]
    public async Task A_starter_that_is_killed_while_it_is_stopped_leaves_nobody_either()
    {
        await using var starter = await Starter.StartAsync(Family, "--guarded", Records);
        int[] all =
        [
            await starter.NumberAfterAsync("guardian"),
            await starter.NumberAfterAsync("child"),
            .. await FamilyAsync(starter),
        ];

        await starter.SignalAsync("STOP");
        Assert.All(all, pid => Assert.NotNull(ProcessIdentity.Of(pid)));
        await starter.SignalAsync("KILL");

        await AllGoneAsync(all);
    }

    [Fact]
    public async Task A_guardian_that_is_killed_is_replaced()
    {
        await using var starter = await Starter.StartAsync(Family, "--guarded", Records);
        var guardian = await starter.NumberAfterAsync("guardian");
        int[] family = [await starter.NumberAfterAsync("child"), .. await FamilyAsync(starter)];

        using (var handle = ProcessHandle.Open(guardian))
        {
            handle!.Signal(ProcessGroup.Kill);
        }

        int? Successor() =>
            ProcStat
                .ReadAll()
                .Where(process =>
                    process.Stat.Parent == starter.Id
                    && !process.Stat.IsDead
                    && process.Pid != guardian
                    && File.ReadAllText($"/proc/{process.Pid}/cmdline")
                        .Contains("omniview-guardian", StringComparison.Ordinal))
                .Select(process => (int?)process.Pid)
                .FirstOrDefault();
        int? next = null; // looked at once: within an exec it has no command line
        await Until.TrueAsync(() => (next = Successor()) is not null, "there is another guardian");
        await starter.SignalAsync("KILL");

        await AllGoneAsync([.. family, next!.Value]);
    }

    [Fact]
    public async Task Who_ends_in_good_order_takes_the_guardian_along_and_leaves_no_record()
    {
        await using var starter = await Starter.StartAsync("exit 0", "--guarded", Records);

        await AllGoneAsync(
            [await starter.NumberAfterAsync("guardian"), await starter.NumberAfterAsync("child"), starter.Id]);

        Assert.Empty(Directory.EnumerateFiles(Records));
        // nothing was run that would have said so
        Assert.DoesNotContain(starter.Output.Texts, line => line.StartsWith("Ending", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_next_start_ends_what_is_left_and_says_so()
    {
        await using var starter = await Starter.StartAsync(Family, "--recorded", Records);
        int[] family = [await starter.NumberAfterAsync("child"), .. await FamilyAsync(starter)];
        await starter.SignalAsync("KILL");
        await Until.GoneAsync(starter.Id);
        await Until.GoneAsync(family[0]); // by the kernel, as a child
        Assert.All(family[1..], pid => Assert.NotNull(ProcessIdentity.Of(pid)));

        var said = new List<string>();
        Assert.True(
            await new GroupReaper(new GroupRecords(Records), said.Add).ReapAsync(
                TimeSpan.FromMilliseconds(300), Limits.Wait, TestContext.Current.CancellationToken));

        Assert.All(family, pid => Assert.Null(ProcessIdentity.Of(pid)));
        Assert.Empty(Directory.EnumerateFiles(Records));
        Assert.All(
            family[1..],
            pid => Assert.Contains(said, line => line.Contains($"process {pid} of sh", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_record_is_there_while_the_child_is_and_tells_no_argument()
    {
        await using var starter = await Starter.StartAsync(": --token=abc; echo up; sleep 300", "--recorded", Records);
        var child = await starter.NumberAfterAsync("child");
        Assert.Equal("up", await starter.Output.NextAsync());

        var file = Assert.Single(Directory.GetFiles(Records));
        var record = GroupRecord.Parse(File.ReadAllBytes(file));

        Assert.Equal(
            (ProcessIdentity.Of(child), ProcessIdentity.Of(starter.Id), "sh"),
            (record?.Leader, record?.Owner, record?.Program));
        Assert.DoesNotContain("abc", File.ReadAllText(file));
        Modes.AssertOwnerFile(file);
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Records));
        using (var handle = ProcessHandle.Open(child))
        {
            handle!.Signal(ProcessGroup.Kill);
        }

        await Until.TrueAsync(() => Directory.GetFiles(Records).Length == 0, "a child that ended leaves no record");
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<int[]> FamilyAsync(Starter starter) =>
        [
            await starter.Output.NextNumberAsync(),
            await starter.Output.NextNumberAsync(),
            await starter.Output.NextNumberAsync(),
        ];

    private static async Task AllGoneAsync(int[] pids)
    {
        foreach (var pid in pids)
        {
            await Until.GoneAsync(pid);
        }
    }
}
