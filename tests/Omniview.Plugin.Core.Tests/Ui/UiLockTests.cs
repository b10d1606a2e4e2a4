using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Tests.Processes;
using Omniview.Plugin.Core.Ui.Packages;

namespace Omniview.Plugin.Core.Tests.Ui;

/// <summary>Two do not install or build the same UI at once.</summary>
public sealed class UiLockTests : IDisposable
{
    private readonly FakeUi _ui = new();

    public void Dispose() => _ui.Dispose();

    [Fact]
    [UnixOnly("the other process is a shell script")]
    public async Task Says_for_whom_it_waits_and_goes_on_when_that_one_has_ended()
    {
        var output = new Output();
        await using var holder = ManagedProcess.Start(
            Sh.Script(
                "mkdir -p \"$1\"; exec flock \"$1/ui.lock\" sh -c 'echo held; exec sleep 300'",
                _ui.Request.StampDirectory),
            output.Add);
        Assert.Equal("held", await output.NextAsync());
        var told = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var installing = new UiInstaller(line => told.TrySetResult(line.Text)).EnsureInstalledAsync(
            _ui.Request, TestContext.Current.CancellationToken);

        var line = await told.Task.WaitAsync(TestContext.Current.CancellationToken);
        await holder.StopAsync(TimeSpan.Zero);

        Assert.Matches(
            $"^Waiting for .+ \\(PID [0-9]+\\), which holds {Regex.Escape(_ui.Request.StampDirectory)}/ui.lock: "
                + "it installs or builds this UI.$",
            line);
        Assert.True(await installing);
    }

    [Theory]
    [InlineData("exec flock \"$1/ui.lock\" sh -c 'echo ready; exec sleep 300'", "has held ")]
    [InlineData("mkdir \"$1/ui.lock\"; echo ready", "is a folder, not a file")]
    [InlineData("mkfifo \"$1/ui.lock\"; echo ready", "is a named pipe, not a file")]
    [UnixOnly("Windows has no named pipes in folders")]
    public async Task A_lock_that_is_never_free_is_a_problem_of_its_own(string script, string why)
    {
        var output = new Output();
        await using var holder = ManagedProcess.Start(Sh.Script(
            $"mkdir -p \"$1\"; {script}", _ui.Request.StampDirectory), output.Add);
        Assert.Equal("ready", await output.NextAsync());

        var problem = (
            await Assert.ThrowsAsync<DiagnosticException>(() =>
                UiLock.AcquireAsync(
                    _ui.Request.StampDirectory,
                    _ => { },
                    TestContext.Current.CancellationToken,
                    TimeSpan.FromMilliseconds(200)))
        ).Diagnostic;

        Assert.Equal(
            (DiagnosticCodes.UiInUse, Path.Combine(_ui.Request.StampDirectory, "ui.lock")),
            (problem.Code, problem.File));
        Assert.Contains(why, problem.Message, StringComparison.Ordinal);
    }
}
