using CliWrap;
using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Tests.Processes;

[UnixOnly("the children are shell scripts; EverySystemTests has what holds without a shell")]
public sealed class ProcessOutputTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_streams_arrive_whole_and_each_in_order()
    {
        var output = new Output();
        var exitCode = await ToolRunner.RunAsync(Sh.Script(
            "i=0; while [ $i -lt 5000 ]; do echo out $i; echo err $i >&2; i=$((i+1)); done"), output.Add, Cancellation);

        Assert.Equal(0, exitCode);
        Assert.Equal(
            Enumerable.Range(0, 5000).Select(i => $"out {i}"),
            output.Lines.Where(line => !line.IsError).Select(line => line.Text));
        Assert.Equal(
            Enumerable.Range(0, 5000).Select(i => $"err {i}"),
            output.Lines.Where(line => line.IsError).Select(line => line.Text));
    }

    [Fact]
    public async Task The_last_words_of_a_child_that_exits_at_once_are_never_lost()
    {
        for (var run = 0; run < 50; run++)
        {
            var output = new Output();
            Assert.Equal(
                3,
                await ToolRunner.RunAsync(
                    Sh.Script("seq 500; printf 'panic: why' >&2; exit 3"), output.Add, Cancellation));
            Assert.Equal(501, output.Lines.Count);
            Assert.Equal(
                Enumerable.Range(1, 500).Select(i => $"{i}"),
                output.Lines.Where(line => !line.IsError).Select(line => line.Text));
            Assert.Equal("panic: why", output.Lines.Single(line => line.IsError).Text);
        }
    }

    [Fact]
    public async Task A_line_of_5_MiB_blocks_nobody()
    {
        var output = new Output();
        Assert.Equal(
            0,
            await ToolRunner.RunAsync(
                Sh.Script("head -c 5242880 /dev/zero | tr '\\0' x; echo; echo done"), output.Add, Cancellation));

        Assert.Equal([LineSplitter.ShownBytes, 4], output.Texts.Select(text => text.Length));
        Assert.Equal((5 * 1024 * 1024) - LineSplitter.ShownBytes, output.Lines[0].ElidedBytes);
        Assert.Equal("done", output.Lines[1].Text);
    }

    [Fact]
    public async Task A_forgotten_grandchild_that_holds_the_pipe_is_ended_and_nobody_waits_for_it()
    {
        var output = new Output();
        Assert.Equal(0, await ToolRunner.RunAsync(Sh.Script("sleep 300 & echo $!"), output.Add, Cancellation));

        Assert.Null(ProcessIdentity.Of(await output.NextNumberAsync()));
    }

    [Fact]
    public async Task A_daemon_that_left_the_group_with_the_pipe_holds_nobody_up_and_adds_no_line_later()
    {
        using var folder = new TempFolder();
        var output = new Output();
        var script =
            "cd \"$1\"; setsid sh -c 'echo $$; touch up; while [ ! -e go ]; do sleep 0.02; done; echo late' & while " +
            "[ ! -e up ]; do sleep 0.01; done";
        var exitCode = await ToolRunner.RunAsync(Sh.Script(script, folder.Path), output.Add, Cancellation);
        Assert.Equal(0, exitCode);
        var daemon = await output.NextNumberAsync();

        folder.Write("go", "");
        await Until.GoneAsync(daemon);

        Assert.DoesNotContain("late", output.Texts);
    }

    [Fact]
    public async Task A_listener_that_is_slow_loses_nothing_of_what_is_still_in_the_pipe()
    {
        var silence = TimeSpan.FromMilliseconds(20);
        using var busy = new SemaphoreSlim(0);
        using var go = new SemaphoreSlim(0);
        var count = 0;
        var forwarder = new OutputForwarder(_ =>
        {
            if (count++ == 0)
            {
                busy.Release();
                go.Wait(Cancellation);
            }
        });
        var ended = Cli.Wrap("/usr/bin/seq").WithArguments("500")
            .WithStandardOutputPipe(forwarder.Target(isError: false)).ExecuteAsync(Cancellation).Task;
        forwarder.Begin();
        await busy.WaitAsync(Cancellation);

        var closing = forwarder.CloseWhenSilentAsync(ended, silence);
        Assert.NotEqual(closing, await Task.WhenAny(closing, Task.Delay(10 * silence, Cancellation)));
        go.Release();
        await closing;
        await ended;

        Assert.Equal(500, count);
    }

    [Fact]
    public async Task A_listener_that_throws_fails_the_run_but_does_not_block_the_child()
    {
        using var folder = new TempFolder();
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            ToolRunner.RunAsync(
                Sh.Script("seq 100000; touch \"$1/end\"", folder.Path),
                _ => throw new InvalidOperationException("no more"),
                Cancellation));

        Assert.Equal("no more", failure.Message);
        Assert.True(File.Exists(folder["end"]));
    }

    [Fact]
    public async Task A_listener_is_called_in_the_context_of_the_one_who_started_the_child()
    {
        var caller = new AsyncLocal<string> { Value = "caller" };
        string? seen = null;

        await ToolRunner.RunAsync(Sh.Script("echo one"), _ => seen = caller.Value, Cancellation);

        Assert.Equal("caller", seen);
    }

    [Fact]
    public async Task Capture_gives_the_lines_of_standard_output_only()
    {
        var (exitCode, output) = await ToolRunner.CaptureAsync(Sh.Script(
            "echo one; echo two >&2; echo three; exit 4"), Cancellation);

        Assert.Equal((4, "one\nthree"), (exitCode, output));
    }
}
