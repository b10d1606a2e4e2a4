using System.Diagnostics;
using System.Text;
using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Tests.Processes;

/// <summary>Whom the reaper may not touch, and what it does with records it can't use.</summary>
public sealed class GroupReaperTests : IDisposable
{
    private static readonly string Nonce = new('a', Containment.NonceLength);
    private static readonly ProcessIdentity Dead = ProcessIdentity.Current with { StartTicks = 1 };

    private readonly TempFolder _folder = new();
    private readonly Process _innocent = Process.Start("setsid", ["sleep", "300"]);
    private readonly List<string> _said = [];

    private ProcessIdentity Innocent => ProcessIdentity.Of(_innocent.Id)!;

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
        var records = new GroupRecords(_folder.Path);
        await using var process = ManagedProcess.Start(Sh.Script("sleep 300"), _ => { }, records);

        await ReapAsync();

        Assert.False(process.Exited.IsCompleted);
        Assert.Single(Files());
        Assert.Empty(_said);
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
                    ["FOLDER"] = _folder.Path,
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

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"nonce\":\"\"}")]
    [InlineData(
        """{"program":"x","nonce":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","boot_id":"b","""
            + """ "owner":{"pid":0,"start_ticks":1},"leader":null}""")]
    [InlineData(
        """{"program":"x","nonce":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","boot_id":"b","owner":null,"leader":null}""")]
    [InlineData(
        """{"program":"x","nonce":"short","boot_id":"b","owner":{"pid":5,"start_ticks":1},"leader":null}""")]
    public async Task What_is_no_record_is_kept_aside_and_the_others_still_count(string text)
    {
        using var ours = StartWithNonce();
        _folder.Write("a.group", text);
        Write("b", Record(leader: null));

        await ReapAsync();

        Assert.Null(ProcessIdentity.Of(ours.Id));
        Assert.Equal(["a.group.unusable"], Files());
        Assert.Equal(text, File.ReadAllText(_folder["a.group.unusable"]));
        Assert.Contains(_said, line => line.Contains("a.group", StringComparison.Ordinal));
        AssertUntouched();
    }

    [Fact]
    public async Task A_record_that_can_neither_be_read_nor_set_aside_is_told_and_left()
    {
        using var ours = StartWithNonce();
        Directory.CreateDirectory(_folder["a.group"]); // for root too
        Enumerable
            .Range(1, 9)
            .ToList()
            .ForEach(number =>
                Directory.CreateDirectory(_folder[number == 1 ? "c.group.unusable" : $"c.group.unusable.{number}"]));
        _folder.Write("c.group", "no record, and all names it could have when it is set aside are taken");
        Write("b", Record(leader: null));

        await ReapAsync();

        Assert.Null(ProcessIdentity.Of(ours.Id));
        Assert.Equal(["c.group"], Files());
        Assert.True(Directory.Exists(_folder["a.group.unusable"]));
        Assert.Contains(
            _said,
            line =>
                line.Contains("c.group: warning OVP3030", StringComparison.Ordinal)
                && line.Contains("neither set aside", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Records_and_processes_of_another_user_are_told_and_left()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can be two users");
        using var ours = StartWithNonce();
        Write("a", Record(leader: null));
        File.SetUnixFileMode(_folder["a.group"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _folder.Write(
            "b.group", Encoding.UTF8.GetString((Record(leader: null) with { Program = "readable" }).ToBytes()));
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)0b111_101_101);
        var output = new Output();

        var exitCode = await ToolRunner.RunAsync(
            new ProcessSpec(
                "/usr/bin/setpriv",
                ["--reuid", "65534", "--regid", "65534", "--clear-groups", Starter.Program, "--reap", _folder.Path],
                "/"),
            output.Add,
            TestContext.Current.CancellationToken);

        Assert.Equal(0, exitCode);
        Assert.Contains(output.Texts, line => line.Contains("a.group: warning OVP3030", StringComparison.Ordinal));
        Assert.Equal(["a.group", "b.group"], Files().Order());
        Assert.NotNull(ProcessIdentity.Of(ours.Id));
        ours.Kill();
    }

    [Fact]
    public async Task A_folder_of_another_user_is_told_and_left()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can be two users");
        var groups = Directory.CreateDirectory(
            _folder["groups"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)0b111_101_101);
        var output = new Output();

        var exitCode = await ToolRunner.RunAsync(
            new ProcessSpec(
                "/usr/bin/setpriv",
                ["--reuid", "65534", "--regid", "65534", "--clear-groups", Starter.Program, "--reap", groups],
                "/"),
            output.Add,
            TestContext.Current.CancellationToken);

        Assert.Equal(0, exitCode);
        Assert.Contains($"{groups} can't be read", Assert.Single(output.Texts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_was_writing_when_it_was_killed_goes_and_what_is_being_written_stays()
    {
        using var ended = Process.Start("true");
        ended.WaitForExit();
        _folder.Write($".ovp-{ended.Id}-0123456789abcdef.tmp", "{");
        var ours = Path.GetFileName(_folder.Write($".ovp-{Environment.ProcessId}-0123456789abcdef.tmp", "{"));

        await ReapAsync();

        Assert.Equal([ours], Files());
    }

    [Fact]
    public async Task No_folder_is_nothing_to_do() =>
        Assert.True(
            await new GroupReaper(new GroupRecords(_folder["none"]), _said.Add).ReapAsync(
                TimeSpan.Zero, TimeSpan.Zero, TestContext.Current.CancellationToken));

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
            argument: _folder["asked"]);
        await Until.TrueAsync(() => Sleeps(stubborn.Id), "the trap is set");
        Write("a", Record(leader: null));
        using var cancel = new CancellationTokenSource();
        var reaping = new GroupReaper(new GroupRecords(_folder.Path), _said.Add).ReapAsync(
            TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), cancel.Token);
        await Until.TrueAsync(() => File.Exists(_folder["asked"]), "it was asked");

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reaping);
        Assert.NotNull(ProcessIdentity.Of(stubborn.Id));
        Assert.True(File.Exists(_folder["a.group"]));
        stubborn.Kill(entireProcessTree: true);
    }

    public void Dispose()
    {
        _innocent.Kill();
        _innocent.Dispose();
        _folder.Dispose();
    }

    private static GroupRecord Record(ProcessIdentity? leader) => new("sleep", Nonce, Boot.Id, Dead, leader);

    private static bool Sleeps(int pid) =>
        ProcStat.ReadAll().Any(process => process.Stat.Parent == pid && process.Stat.Name == "sleep");

    private static Process StartWithNonce(string? nonce = null, string script = "exec sleep 300", string argument = "")
    {
        var info = new ProcessStartInfo("/bin/sh", ["-c", script, argument]);
        info.Environment[Containment.NonceVariable] = nonce ?? Nonce;
        return Process.Start(info)!;
    }

    private IEnumerable<string?> Files() => Directory.GetFiles(_folder.Path).Select(Path.GetFileName);

    private void Write(string name, GroupRecord record) =>
        File.WriteAllBytes(_folder[name + ".group"], record.ToBytes());

    private async Task ReapAsync() =>
        Assert.True(
            await new GroupReaper(new GroupRecords(_folder.Path), _said.Add).ReapAsync(
                TimeSpan.FromMilliseconds(200), Limits.Wait, TestContext.Current.CancellationToken));

    private void AssertUntouched() => Assert.False(_innocent.HasExited);
}
