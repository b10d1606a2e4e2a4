using System.Diagnostics;
using System.Globalization;
using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Tests.Processes;

/// <summary>
/// What is promised of children on every system. The tests with shell scripts say more of it, where there is a shell.
/// </summary>
public sealed class EverySystemTests
{
    private readonly Output _output = new();

    [Fact]
    public async Task All_lines_of_both_streams_arrive_before_the_end()
    {
        string[] said = ["", "a b", "\"quoted\\\" é", "%PATH%", "c:\\folder\\", "^&|<>"];
        await using var process = ManagedProcess.Start(TestTool.Spec(["say", .. said]), _output.Add);

        Assert.Equal(0, await process.Exited);
        Assert.Equal(said, _output.Lines.Where(line => !line.IsError).Select(line => line.Text));
        Assert.Equal("error: that was all", Assert.Single(_output.Lines, line => line.IsError).Text);
    }

    [Fact]
    public async Task A_last_line_without_an_end_arrives_and_so_does_the_exit_code()
    {
        await using var process = ManagedProcess.Start(TestTool.Spec("end", "nearly"), _output.Add);

        Assert.Equal(7, await process.Exited);
        Assert.Equal(["nearly"], _output.Texts);
    }

    [Fact]
    public async Task A_stop_ends_the_child_and_what_it_started()
    {
        await using var process = ManagedProcess.Start(TestTool.Spec("nest"), _output.Add);
        var nested = await NestedAsync();

        await process.StopAsync(TimeSpan.Zero);

        Assert.True(process.Exited.IsCompleted);
        Assert.Null(ProcessIdentity.Of(process.Id));
        await Poll.UntilAsync(() => !nested.IsAlive, "what the child started is gone");
    }

    [Fact]
    public async Task Nothing_outlives_a_starter_that_is_killed()
    {
        var spec = TestTool.Spec("nest");
        await using var starter = ManagedProcess.Start(
            TestTool.Spec([spec.FileName, .. spec.Arguments]), _output.Add);
        var child = ProcessIdentity.Of(int.Parse(
            (await _output.NextAsync())["child ".Length..], CultureInfo.InvariantCulture))!;
        var nested = await NestedAsync();

        using (var victim = Process.GetProcessById(starter.Id))
        {
            victim.Kill();
        }

        await Poll.UntilAsync(() => !child.IsAlive, "the child is gone");
        if (OperatingSystem.IsWindows()) // elsewhere that is for the guardian to do
        {
            await Poll.UntilAsync(() => !nested.IsAlive, "what the child started is gone");
        }
        else
        {
            using var left = Process.GetProcessById(nested.Pid);
            left.Kill();
        }
    }

    [Fact]
    public async Task A_guardian_runs_its_program_when_its_owner_is_killed()
    {
        using var folder = new TempFolder();
        using var owner = new Shell(TestTool.Info("guard", folder["written"]));
        await owner.WaitForAsync("guarded");
        Assert.False(File.Exists(folder["written"]));

        owner.Kill();

        await Poll.UntilAsync(() => File.Exists(folder["written"]), "the guardian's program has run");
        Assert.Equal(
            "%PATH% & \"é\"",
            await File.ReadAllTextAsync(folder["written"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_guardian_does_nothing_when_its_owner_says_good_bye()
    {
        using var folder = new TempFolder();
        using var owner = new Shell(TestTool.Info("guard", folder["written"], "bye"));

        Assert.Equal(0, await owner.ExitAsync());

        Assert.False(File.Exists(folder["written"]));
    }

    private async Task<ProcessIdentity> NestedAsync()
    {
        for (var line = ""; ; line = await _output.NextAsync())
        {
            if (line.StartsWith("nested ", StringComparison.Ordinal))
            {
                return ProcessIdentity.Of(int.Parse(line["nested ".Length..], CultureInfo.InvariantCulture))!;
            }
        }
    }
}
