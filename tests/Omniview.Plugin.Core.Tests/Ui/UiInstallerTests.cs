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

    [Fact]
    public async Task Installs_once_in_the_ui_folder()
    {
        Assert.True(await Install());
        Assert.False(await Install());

        Assert.Equal(["pnpm install --config.confirmModulesPurge=false"], _ui.Tools.Calls);
        Assert.Equal([_ui.Folder["ui"]], _ui.Tools.WorkingDirectories);
    }

    [Theory]
    [InlineData("mkdir -p \"$1\"", true)]
    [InlineData("mkfifo \"$1\"", false)]
    [InlineData("ln -s /dev/zero \"$1\"", false)]
    [InlineData("truncate -s 1T \"$1\"", false)]
    [UnixOnly("Windows has no named pipes in folders")]
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
}
