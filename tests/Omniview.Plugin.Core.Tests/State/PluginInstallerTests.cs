using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Install;

namespace Omniview.Plugin.Core.Tests.State;

public sealed class PluginInstallerTests : IDisposable
{
    private readonly PluginFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Installs_manifest_assets_and_a_runnable_binary()
    {
        Assert.Equal(new InstallResult(true, true, true), _fixture.Install());

        Assert.Equal(File.ReadAllText(_fixture.Manifest), File.ReadAllText(_fixture.Plugin.ManifestFile));
        Assert.Equal(["chunk-1.js", "deep/er/font.woff2", "entry.js"], _fixture.InstalledAssets());
        Assert.Equal("binary 1", File.ReadAllText(_fixture.InstalledBinary));
        Assert.Empty(_fixture.Temporaries());
    }

    [Fact]
    public void Gives_the_state_directory_to_its_owner_and_the_plugin_to_readers()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no mode");
        _fixture.Install();

        Assert.Equal(Permissions.OwnerFolder, Permissions.Of(_fixture.Plugin.StateDirectory));
        Assert.Equal(Permissions.Runnable, Permissions.Of(_fixture.Plugin.Directory));
        Assert.Equal(Permissions.Runnable, Permissions.Of(_fixture.Plugin.BinaryDirectory));
        Assert.Equal(Permissions.Runnable, Permissions.Of(_fixture.InstalledBinary));
        Assert.Equal(Permissions.Of(_fixture.Manifest), Permissions.Of(_fixture.Plugin.ManifestFile));
    }

    [Fact]
    public void Touches_nothing_the_second_time()
    {
        _fixture.Install();
        var before = _fixture.Snapshot();
        foreach (var source in new[] { _fixture.Manifest, _fixture.Binary })
        {
            File.SetLastWriteTimeUtc(source, DateTime.UtcNow.AddMinutes(5));
        }

        Assert.False(_fixture.Install().AnyChange);
        Assert.Equal(before, _fixture.Snapshot());
    }

    [Fact]
    public void Says_which_part_changed_and_leaves_the_others_their_time()
    {
        _fixture.Install();
        var before = _fixture.Snapshot();
        File.AppendAllText(_fixture.Binary, " patched");

        Assert.Equal(new InstallResult(false, false, true), _fixture.Install());

        var after = _fixture.Snapshot();
        Assert.Equal(before["plugin.yaml"], after["plugin.yaml"]);
        Assert.NotEqual(before[Path.Combine("bin", "plugin")], after[Path.Combine("bin", "plugin")]);
    }

    [Fact]
    public void Leaves_data_store_devinfo_and_unknown_files_alone()
    {
        string[] theirs = [
            "data/db.sqlite", "data/.ovp-1-0123456789abcdef.tmp", "store/key", ".devinfo", "notes.txt", "bin/helper"];
        foreach (var file in theirs)
        {
            _fixture.WriteInstalled(file, $"theirs {file}");
        }

        var before = _fixture.Snapshot();
        _fixture.Install();
        _fixture.Build("2", "entry.js");
        _fixture.Install();

        var after = _fixture.Snapshot();
        Assert.All(before, marker => Assert.Equal(marker.Value, after[marker.Key]));
    }

    [Fact]
    public void Installs_a_plugin_without_a_backend_and_one_without_a_ui()
    {
        Assert.Equal(
            new InstallResult(true, true, false),
            PluginInstaller.Install(_fixture.Request with { BinaryFile = null }, TestContext.Current.CancellationToken)
        );
        Assert.False(Directory.Exists(_fixture.Plugin.BinaryDirectory));

        Assert.Equal(
            new InstallResult(false, false, true),
            PluginInstaller.Install(
                _fixture.Request with
                {
                    AssetsDirectory = null,
                },
                TestContext.Current.CancellationToken));
        Assert.Equal(3, _fixture.InstalledAssets().Count());
    }

    [Fact]
    public void Names_a_binary_for_windows_so_that_windows_can_start_it()
    {
        PluginInstaller.Install(_fixture.Request with { WindowsBinary = true }, TestContext.Current.CancellationToken);

        Assert.Equal("binary 1", File.ReadAllText(_fixture.Plugin.BinaryFile(windows: true)));
    }

    [Fact]
    public void Copies_between_file_systems()
    {
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "no /dev/shm");
        var elsewhere = Directory.CreateDirectory($"/dev/shm/ovp-test-{Guid.NewGuid():N}").FullName;
        try
        {
            var binary = Path.Combine(elsewhere, "plugin");
            File.WriteAllText(binary, "built in memory");
            PluginInstaller.Install(
                _fixture.Request with { BinaryFile = binary }, TestContext.Current.CancellationToken);

            Assert.Equal("built in memory", File.ReadAllText(_fixture.InstalledBinary));
            Assert.True(File.Exists(binary));
        }
        finally
        {
            Directory.Delete(elsewhere, recursive: true);
        }
    }

    [Fact]
    public void Changes_nothing_when_cancelled()
    {
        _fixture.Install();
        var before = _fixture.Snapshot();
        _fixture.Build("2", "entry.js");

        Assert.ThrowsAny<OperationCanceledException>(
            () => PluginInstaller.Install(_fixture.Request, new CancellationToken(canceled: true)));
        Assert.Equal(before, _fixture.Snapshot());
    }

    [Fact]
    public async Task Lets_installs_of_one_plugin_follow_each_other()
    {
        _fixture.Install();
        var held = InstallLock.Take(_fixture.Plugin.Directory, TestContext.Current.CancellationToken);
        _fixture.Build("2", "entry.js");

        var waiting = Task.Run(_fixture.Install, TestContext.Current.CancellationToken);
        Assert.NotSame(waiting, await Task.WhenAny(waiting, Task.Delay(100, TestContext.Current.CancellationToken)));
        Assert.Equal(
            "binary 1", await File.ReadAllTextAsync(_fixture.InstalledBinary, TestContext.Current.CancellationToken));
        held.Dispose();

        Assert.True((await waiting).AnyChange);
    }

    [Fact]
    public void Refuses_an_illegal_id_before_it_becomes_a_path()
    {
        var request = new InstallRequest(_fixture["state"], "../../x", _fixture.Manifest);

        Assert.Equal(
            "OVP1008",
            Assert
                .Throws<DiagnosticException>(() =>
                    PluginInstaller.Install(request, TestContext.Current.CancellationToken))
                .Diagnostic.Code);
        Assert.False(Directory.Exists(_fixture["state"]));
    }
}
