using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Tests.Processes;
using Omniview.Plugin.Core.Ui.Packages;

namespace Omniview.Plugin.Core.Tests.Ui;

public sealed class UiInstallerTests : IDisposable
{
    private readonly FakeUi _ui = new();

    public void Dispose() => _ui.Dispose();

    [Theory]
    [InlineData(
        "pnpm",
        "pnpm-lock.yaml",
        " ERR_PNPM_OUTDATED_LOCKFILE  Cannot install with frozen-lockfile because pnpm-lock.yaml is not up to date"
    )]
    [InlineData(
        "npm",
        "package-lock.json",
        "npm error \\`npm ci\\` can only install packages when your package.json and package-lock.json are in sync."
    )]
    [InlineData(
        "yarn", "yarn.lock", "error Your lockfile needs to be updated, but yarn was run with \\`--frozen-lockfile\\`.")]
    [InlineData("bun", "bun.lock", "error: lockfile had changes, but lockfile is frozen")]
    public async Task A_lock_file_that_does_not_fit_is_one_short_problem(string manager, string lockFile, string said)
    {
        File.Delete(_ui.Folder["ui/pnpm-lock.yaml"]);
        _ui.Folder.Write($"ui/{lockFile}", "");
        _ui.Tools.Add(
            manager, $"echo \"{said}\" >&2; echo; echo 'Note that in CI environments this setting is true'; exit 1");
        _ui.Request = _ui.Request with { Frozen = true };

        var problem = await Assert.ThrowsAsync<DiagnosticException>(() => Install());

        Assert.Equal(DiagnosticCodes.UiInstallFailed, problem.Diagnostic.Code);
        Assert.Equal(
            $"{lockFile} does not fit package.json, and a frozen install takes exactly what it says. Run `{manager} " +
            $"install` in {_ui.Folder["ui"]} and commit the lock file.", problem.Diagnostic.Message);
    }

    [Fact]
    public async Task An_install_says_that_it_runs_and_none_says_nothing()
    {
        List<string> progress = [];
        var installer = new UiInstaller(_ => { }, progress.Add);
        await installer.EnsureInstalledAsync(_ui.Request, TestContext.Current.CancellationToken);
        await installer.EnsureInstalledAsync(_ui.Request, TestContext.Current.CancellationToken);

        Assert.Equal(["ui: installing packages with pnpm"], progress);
    }

    [Fact]
    public void Every_now_and_then_it_says_how_far_it_is()
    {
        var clock = new Clock();
        List<string> progress = [];
        using (var install = new InstallProgress("pnpm", progress.Add, clock))
        {
            clock.Tick(10);
            install.Said("Progress: resolved 120");
            install.Said("");
            clock.Tick(10);
        }

        clock.Tick(10);
        Assert.Equal(
            ["ui: installing packages with pnpm", "ui: pnpm is at it for 10 s", "ui: pnpm is at it for 20 s: " +
                "Progress: resolved 120"], progress);
    }

    [Fact]
    public async Task Installs_once_in_the_ui_folder()
    {
        Assert.True(await Install());
        Assert.False(await Install());

        Assert.Equal(["pnpm install --config.confirmModulesPurge=false"], _ui.Tools.Calls);
        Assert.Equal([_ui.Folder["ui"]], _ui.Tools.WorkingDirectories);
    }

    [Fact]
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

    [Theory]
    [InlineData("mkdir -p \"$1\"", true)]
    [InlineData("mkfifo \"$1\"", false)]
    [InlineData("ln -s /dev/zero \"$1\"", false)]
    [InlineData("truncate -s 1T \"$1\"", false)]
    public async Task A_note_that_can_not_be_one_costs_an_install_and_nothing_else(string script, bool kept)
    {
        await Install();
        var stamp = Path.Combine(_ui.Request.StampDirectory, "ui-install.stamp");
        File.Delete(stamp);
        Assert.Equal(
            0, await ToolRunner.RunAsync(Sh.Script(script, stamp), _ => { }, TestContext.Current.CancellationToken));

        Assert.True(await Install());
        Assert.False(await Install());
        Assert.Equal(kept, Directory.Exists($"{stamp}.unusable"));
    }

    [Theory]
    [InlineData("pnpm-lock.yaml")]
    [InlineData("package.json")]
    [InlineData("pnpm-workspace.yaml")]
    [InlineData(".npmrc")]
    [InlineData("../package.json")]
    public async Task Installs_again_when_what_is_asked_for_has_changed(string file)
    {
        await Install();

        _ui.Folder.Write($"ui/{file}", "{ }");

        Assert.True(await Install());
        Assert.False(await Install());
    }

    [Fact]
    public async Task Installs_again_when_node_modules_is_gone()
    {
        await Install();

        Directory.Delete(_ui.Folder["ui/node_modules"], recursive: true);

        Assert.True(await Install());
    }

    [Fact]
    public async Task Installs_again_after_somebody_else_installed_something_different()
    {
        await Install();

        _ui.Folder.Write("ui/node_modules/.pnpm/lock.yaml", "of another branch");

        Assert.True(await Install());
    }

    [Fact]
    public async Task Installs_again_with_another_manager()
    {
        await Install();
        File.Delete(_ui.Folder["ui/pnpm-lock.yaml"]);
        _ui.Folder.Write("ui/yarn.lock", "");
        _ui.Tools.Add("yarn");

        Assert.True(await Install());
        Assert.Equal("yarn install --non-interactive", _ui.Tools.Calls[^1]);
    }

    [Fact]
    public async Task A_failed_install_is_OVP5001_with_its_last_lines_and_is_tried_again()
    {
        await Install();
        _ui.Folder.Write("ui/pnpm-lock.yaml", "new");
        _ui.Tools.Add("pnpm", "printf '\\033[31mERR_PNPM_FETCH_404\\033[39m not there\\n' >&2; exit 3");

        var problem = (await Assert.ThrowsAsync<DiagnosticException>(Install)).Diagnostic;

        Assert.Equal((DiagnosticCodes.UiInstallFailed, _ui.Folder["ui/package.json"]), (problem.Code, problem.File));
        Assert.Contains("`pnpm install --config.confirmModulesPurge=false` ended with exit code 3", problem.Message);
        Assert.EndsWith("\nERR_PNPM_FETCH_404 not there", problem.Message);

        // as it was: but what is in node_modules now?
        _ui.Folder.Write("ui/pnpm-lock.yaml", "lockfileVersion: '9.0'\n");
        await Assert.ThrowsAsync<DiagnosticException>(Install);
    }

    [Fact]
    public async Task Frozen_takes_the_lock_file_as_it_is()
    {
        _ui.Request = _ui.Request with { Frozen = true };

        await Install();

        Assert.Equal(["pnpm install --config.confirmModulesPurge=false --frozen-lockfile"], _ui.Tools.Calls);
    }

    [Fact]
    public async Task Frozen_without_a_lock_file_is_OVP5001_and_starts_nothing()
    {
        _ui.Request = _ui.Request with { Frozen = true };
        File.Delete(_ui.Folder["ui/pnpm-lock.yaml"]);

        var problem = (await Assert.ThrowsAsync<DiagnosticException>(Install)).Diagnostic;

        Assert.Equal(DiagnosticCodes.UiInstallFailed, problem.Code);
        Assert.Contains("commit", problem.Message);
        Assert.Empty(_ui.Tools.Calls);
    }

    [Fact]
    public async Task A_package_json_saved_during_the_install_leads_to_another_one()
    {
        _ui.Tools.Add("pnpm", "echo '{ \"name\": \"edited\" }' > package.json");
        await Install();
        _ui.Tools.Add("pnpm");

        Assert.True(await Install());
        Assert.False(await Install());
    }

    [Fact]
    public async Task The_manager_sees_the_tools_first_on_PATH_and_installs_for_development()
    {
        _ui.Tools.Add("pnpm", "echo \"$PATH|${NODE_ENV-unset}|$NO_COLOR\"");
        _ui.Request = _ui.Request with
        {
            Environment = new Dictionary<string, string?>(_ui.Request.Environment) { ["NODE_ENV"] = "production" },
        };

        await Install();

        Assert.Equal([$"{_ui.Tools.Folder}:{_ui.Tools.SearchPath}|unset|1"], _ui.Output);
    }

    [Fact]
    public async Task Two_at_once_install_once()
    {
        var ran = await Task.WhenAll(Task.Run(Install, Cancellation), Task.Run(Install, Cancellation));

        Assert.Equal([false, true], ran.Order());
        Assert.Single(_ui.Tools.Calls);
    }

    [Fact]
    public async Task Cancelling_ends_the_manager()
    {
        _ui.Tools.Add("pnpm", "echo $$; exec sleep 1000");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        ProcessIdentity? manager = null;
        var installer = new UiInstaller(line =>
        {
            manager = ProcessIdentity.Of(int.Parse(line.Text, System.Globalization.CultureInfo.InvariantCulture));
            stop.Cancel();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => installer.EnsureInstalledAsync(_ui.Request, stop.Token));

        Assert.NotNull(manager);
        Assert.False(manager.IsAlive);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Task<bool> Install() => _ui.InstallAsync(Cancellation);

    private sealed class Clock : TimeProvider
    {
        private long _seconds;
        private Action _elapsed = () => { };

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _seconds;

        public void Tick(int seconds)
        {
            _seconds += seconds;
            _elapsed();
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _elapsed = () => callback(state);
            return new Ticking();
        }

        private sealed class Ticking : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
