using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Tests.Ui;

/// <summary>An install that takes exactly what the lock file says.</summary>
public sealed class FrozenInstallTests : IDisposable
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

    private Task<bool> Install() => _ui.InstallAsync(TestContext.Current.CancellationToken);
}
