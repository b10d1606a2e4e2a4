using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Tests.Processes;

[UnixOnly("the children are shell scripts; EverySystemTests has what holds without a shell")]
public sealed class StartingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Variables_are_laid_over_ours_and_null_removes_one()
    {
        Assert.NotNull(Environment.GetEnvironmentVariable("PATH"));
        var spec = Sh.Script("/usr/bin/env") with
        {
            Environment = new Dictionary<string, string?> { ["OVP_ADDED"] = "a b;c", ["PATH"] = null },
        };

        var (_, output) = await ToolRunner.CaptureAsync(spec, Cancellation);

        var lines = output.Split('\n');
        Assert.Contains("OVP_ADDED=a b;c", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("PATH=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Arguments_and_working_directory_arrive_as_they_are()
    {
        using var folder = new TempFolder();
        string[] arguments = ["", "a b", "\"'$HOME`;", "--help", "é\n"];
        var spec = new ProcessSpec("/bin/sh", ["-c", "pwd; printf '<%s>' \"$@\"", "sh", .. arguments], folder.Path);

        var (_, output) = await ToolRunner.CaptureAsync(spec, Cancellation);

        Assert.Equal($"{folder.Path}\n{string.Concat(arguments.Select(argument => $"<{argument}>"))}", output);
    }

    [Theory]
    [InlineData(false, "0")]
    [InlineData(true, "124")] // what timeout(1) says of a command it had to end
    public async Task Input_ends_at_once_unless_it_is_kept_open(bool keep, string exitCode)
    {
        var (_, output) = await ToolRunner.CaptureAsync(
            Sh.Script("timeout --foreground 0.3 cat; echo $?") with { KeepInputOpen = keep }, Cancellation);

        Assert.Equal(exitCode, output);
    }

    [Fact]
    public async Task Disposing_ends_an_input_that_was_kept_open()
    {
        var output = new Output();
        var script = Sh.Script("exec 3<&0; setsid cat <&3 >/dev/null 2>&1 & echo $!; wait");
        var process = ManagedProcess.Start(script with { KeepInputOpen = true }, output.Add);
        var reader = await output.NextNumberAsync();

        await process.DisposeAsync();

        await Until.GoneAsync(reader); // it has left the group: only the end of its input ends it
    }

    [Fact]
    public void What_cannot_be_started_is_OVP2006_and_says_why()
    {
        using var folder = new TempFolder();
        var text = folder.Write("text", "#!/bin/sh\n");

        AssertNotStarted(folder["missing"], folder.Path, folder["missing"]);
        AssertNotStarted("/bin/sh", folder["gone"], folder["gone"]);
        AssertNotStarted(text, folder.Path, "not executable");
        AssertNotStarted(folder.Path, folder.Path, folder.Path);
    }

    [Fact]
    public async Task Every_child_leads_its_own_group_and_is_ours()
    {
        var (process, _, ready) = await Sh.StartAsync("echo ready; exec sleep 300");
        await using var _1 = process;
        Assert.Equal("ready", ready);

        var stat = ProcStat.Read(process.Id);

        Assert.Equal(process.Id, stat?.Group);
        Assert.Equal(Environment.ProcessId, stat?.Parent);
    }

    [Fact]
    public void What_cannot_be_recorded_is_not_started()
    {
        using var folder = new TempFolder();
        var file = folder.Write("file", "no folder");

        var problem = Assert
            .Throws<DiagnosticException>(() =>
                ManagedProcess.Start(
                    Sh.Script("touch \"$1/started\"", folder.Path),
                    _ => { },
                    new GroupRecords(Path.Combine(file, "groups"))))
            .Diagnostic;

        Assert.Equal(DiagnosticCodes.ToolDidNotStart, problem.Code);
        Assert.Contains(file, problem.Message);
        Assert.Equal([file], Directory.EnumerateFiles(folder.Path));
    }

    [Fact]
    public void What_did_not_start_leaves_no_record()
    {
        using var folder = new TempFolder();
        Assert.Throws<DiagnosticException>(() =>
            ManagedProcess.Start(new ProcessSpec(folder["gone"], [], "/"), _ => { }, new GroupRecords(folder["groups"]))
        );

        Assert.False(Directory.Exists(folder["groups"]));
    }

    private static void AssertNotStarted(string program, string folder, string because)
    {
        var problem = Assert.Throws<DiagnosticException>(
            () => ManagedProcess.Start(new ProcessSpec(program, [], folder), _ => { })).Diagnostic;
        Assert.Equal(DiagnosticCodes.ToolDidNotStart, problem.Code);
        Assert.Contains(program, problem.Message);
        Assert.Contains(because, problem.Message);
    }
}
