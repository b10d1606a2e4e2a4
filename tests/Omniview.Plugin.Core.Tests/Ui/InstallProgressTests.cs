using Omniview.Plugin.Core.Ui.Packages;

namespace Omniview.Plugin.Core.Tests.Ui;

/// <summary>What is said while packages are installed.</summary>
public sealed class InstallProgressTests : IDisposable
{
    private readonly FakeUi _ui = new();

    public void Dispose() => _ui.Dispose();

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
        var clock = new SteppedClock();
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
}
