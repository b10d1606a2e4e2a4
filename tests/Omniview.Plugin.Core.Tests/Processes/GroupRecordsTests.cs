using System.Diagnostics;
using System.Text;
using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Tests.Processes;

/// <summary>What the reaper does with records it can not use.</summary>
[UnixOnly("Windows has no process groups, its job objects need no record")]
public sealed class GroupRecordsTests : GroupReaperTestBase
{
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
        Folder.Write("a.group", text);
        Write("b", Record(leader: null));

        await ReapAsync();

        Assert.Null(ProcessIdentity.Of(ours.Id));
        Assert.Equal(["a.group.unusable"], Files());
        Assert.Equal(text, File.ReadAllText(Folder["a.group.unusable"]));
        Assert.Contains(Said, line => line.Contains("a.group", StringComparison.Ordinal));
        AssertUntouched();
    }

    [Fact]
    public async Task A_record_that_can_neither_be_read_nor_set_aside_is_told_and_left()
    {
        using var ours = StartWithNonce();
        Directory.CreateDirectory(Folder["a.group"]); // for root too
        Enumerable
            .Range(1, 9)
            .ToList()
            .ForEach(number =>
                Directory.CreateDirectory(Folder[number == 1 ? "c.group.unusable" : $"c.group.unusable.{number}"]));
        Folder.Write("c.group", "no record, and all names it could have when it is set aside are taken");
        Write("b", Record(leader: null));

        await ReapAsync();

        Assert.Null(ProcessIdentity.Of(ours.Id));
        Assert.Equal(["c.group"], Files());
        Assert.True(Directory.Exists(Folder["a.group.unusable"]));
        Assert.Contains(
            Said,
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
        File.SetUnixFileMode(Folder["a.group"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Folder.Write(
            "b.group", Encoding.UTF8.GetString((Record(leader: null) with { Program = "readable" }).ToBytes()));
        File.SetUnixFileMode(Folder.Path, (UnixFileMode)0b111_101_101);
        var output = new Output();

        var exitCode = await ToolRunner.RunAsync(
            new ProcessSpec(
                "/usr/bin/setpriv",
                ["--reuid", "65534", "--regid", "65534", "--clear-groups", Starter.Program, "--reap", Folder.Path],
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
            Folder["groups"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        File.SetUnixFileMode(Folder.Path, (UnixFileMode)0b111_101_101);
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
        Folder.Write($".ovp-{ended.Id}-0123456789abcdef.tmp", "{");
        var ours = Path.GetFileName(Folder.Write($".ovp-{Environment.ProcessId}-0123456789abcdef.tmp", "{"));

        await ReapAsync();

        Assert.Equal([ours], Files());
    }

    [Fact]
    public async Task No_folder_is_nothing_to_do() =>
        Assert.True(
            await new GroupReaper(new GroupRecords(Folder["none"]), Said.Add).ReapAsync(
                TimeSpan.Zero, TimeSpan.Zero, TestContext.Current.CancellationToken));
}
