using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Tests.Processes;

/// <summary>Whom the reaper ends, and whom it may not touch.</summary>
[UnixOnly("Windows ends what a killed host left with its job objects: there are no groups")]
public sealed class GroupReaperTests : GroupReaperTestBase
{
    [Fact]
    public async Task A_recycled_number_is_nobody()
    {
        Write("recycled", Record(Innocent with { StartTicks = Innocent.StartTicks - 1 }));

        await ReapAsync();

        AssertUntouched();
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Number_and_start_without_the_nonce_are_not_enough()
    {
        Write("forged", Record(Innocent));

        await ReapAsync();

        AssertUntouched();
        Assert.Empty(Files());
    }

    [Fact]
    public async Task What_a_living_owner_has_started_is_its_own_business()
    {
        var records = new GroupRecords(Folder.Path);
        await using var process = ManagedProcess.Start(Sh.Script("sleep 300"), _ => { }, records);

        await ReapAsync();

        Assert.False(process.Exited.IsCompleted);
        Assert.Single(Files());
        Assert.Empty(Said);
    }

    [Fact]
    public async Task The_nonce_alone_proves_it_while_the_leader_is_not_yet_recorded()
    {
        using var ours = StartWithNonce();
        Write("starting", Record(leader: null));

        await ReapAsync();

        Assert.Null(ProcessIdentity.Of(ours.Id));
        AssertUntouched();
        Assert.Empty(Files());
    }

    [Fact]
    public async Task In_a_container_what_began_outside_is_session_0_and_proves_nobody()
    {
        Write("contained", Record(leader: null));
        var output = new Output();
        const string Contained = """
            env -u "${MARK%=*}" sleep 300 & innocent=$!
            env "$MARK" sleep 300 & ours=$!
            env -u "${MARK%=*}" "$PROGRAM" --reap "$FOLDER" && echo reaped
            exec 2>/dev/null # where the shell tells of the dead
            kill -KILL $ours $innocent
            wait $ours; echo ours: $(($? - 128)); wait $innocent; echo innocent: $(($? - 128))
            """;

        await ToolRunner.RunAsync(
            Sh.Script("""unshare -Urpf --mount-proc sh -c "$1" sh""", Contained) with
            {
                Environment = new Dictionary<string, string?>
                {
                    ["PROGRAM"] = Starter.Program,
                    ["FOLDER"] = Folder.Path,
                    ["MARK"] = $"{Containment.NonceVariable}={Nonce}",
                },
            },
            output.Add,
            TestContext.Current.CancellationToken);

        Assert.Equal(
            ["reaped", $"ours: {ProcessGroup.Terminate}", $"innocent: {ProcessGroup.Kill}"],
            output.Texts.Where(line => !line.StartsWith("Ending process ", StringComparison.Ordinal)));
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Records_of_an_earlier_boot_name_nobody()
    {
        using var ours = StartWithNonce();
        Write("old", Record(ProcessIdentity.Of(ours.Id)) with { BootId = "another" });

        await ReapAsync();

        Assert.NotNull(ProcessIdentity.Of(ours.Id));
        Assert.Empty(Files());
        ours.Kill();
    }

    [Fact]
    public async Task Who_was_an_owner_and_ends_leaves_the_next_generation_to_the_same_run()
    {
        // A manager with the nonce of the first record owns the second one's process.
        using var manager = StartWithNonce();
        var second = new string('b', Containment.NonceLength);
        using var child = StartWithNonce(second);
        Write("a", Record(leader: null));
        Write("b", Record(leader: null) with { Nonce = second, Owner = ProcessIdentity.Of(manager.Id)! });

        await ReapAsync();

        Assert.Null(ProcessIdentity.Of(manager.Id));
        Assert.Null(ProcessIdentity.Of(child.Id));
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Cancelling_kills_nobody()
    {
        using var stubborn = StartWithNonce(
            script: "exec 2>/dev/null; trap 'touch \"$0\"' TERM; while :; do sleep 0.01; done",
            argument: Folder["asked"]);
        await Until.TrueAsync(() => Sleeps(stubborn.Id), "the trap is set");
        Write("a", Record(leader: null));
        using var cancel = new CancellationTokenSource();
        var reaping = new GroupReaper(new GroupRecords(Folder.Path), Said.Add).ReapAsync(
            TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), cancel.Token);
        await Until.TrueAsync(() => File.Exists(Folder["asked"]), "it was asked");

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reaping);
        Assert.NotNull(ProcessIdentity.Of(stubborn.Id));
        Assert.True(File.Exists(Folder["a.group"]));
        stubborn.Kill(entireProcessTree: true);
    }

    private static bool Sleeps(int pid) =>
        ProcStat.ReadAll().Any(process => process.Stat.Parent == pid && process.Stat.Name == "sleep");
}
