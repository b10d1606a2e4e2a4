using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Install;

namespace Omniview.Plugin.Core.Tests.State;

public sealed class BinaryBackupTests : IDisposable
{
    private readonly PluginFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Puts_the_binary_before_the_swap_back()
    {
        _fixture.Install();
        var before = _fixture.Snapshot();
        var backup = BinaryBackup.Take(_fixture.Plugin, windows: false);
        File.WriteAllText(_fixture.Binary, "broken");
        _fixture.Install();

        backup.Restore();
        backup.Restore();

        Assert.Equal(before, _fixture.Snapshot());
        Assert.False(backup.Exists);
    }

    [Fact]
    public void Forgets_it_when_discarded()
    {
        _fixture.Install();
        var backup = BinaryBackup.Take(_fixture.Plugin, windows: false);
        File.WriteAllText(_fixture.Binary, "good");
        _fixture.Install();

        backup.Discard();
        backup.Discard();
        backup.Restore();

        Assert.Equal("good", File.ReadAllText(_fixture.InstalledBinary));
        Assert.Equal([_fixture.InstalledBinary], Directory.EnumerateFileSystemEntries(_fixture.Plugin.BinaryDirectory));
    }

    [Fact]
    public void Restoring_without_a_swap_changes_nothing()
    {
        _fixture.Install();
        var before = _fixture.Snapshot();

        BinaryBackup.Take(_fixture.Plugin, windows: false).Restore();

        Assert.Equal(before, _fixture.Snapshot());
    }

    [Fact]
    public void Keeps_the_newest_when_taken_again()
    {
        _fixture.Install();
        BinaryBackup.Take(_fixture.Plugin, windows: false);
        BinaryBackup.Take(_fixture.Plugin, windows: false);
        File.WriteAllText(_fixture.Binary, "second");
        _fixture.Install();
        var backup = BinaryBackup.Take(_fixture.Plugin, windows: false);
        File.WriteAllText(_fixture.Binary, "third");
        _fixture.Install();

        backup.Restore();

        Assert.Equal("second", File.ReadAllText(_fixture.InstalledBinary));
        Assert.Empty(_fixture.Temporaries());
    }

    [Fact]
    public void Has_nothing_to_go_back_to_before_the_first_install()
    {
        _fixture.WriteInstalled("bin/.plugin.previous", "of long ago");

        var backup = BinaryBackup.Take(_fixture.Plugin, windows: false);
        Assert.False(backup.Exists);
        _fixture.Install();
        backup.Restore();

        Assert.Equal("binary 1", File.ReadAllText(_fixture.InstalledBinary));
    }

    [Fact]
    [NotInWine("it makes no symbolic links")]
    public void Refuses_to_follow_a_link()
    {
        _fixture.Install();
        Directory.Move(_fixture.Plugin.BinaryDirectory, _fixture["elsewhere"]);
        Directory.CreateSymbolicLink(_fixture.Plugin.BinaryDirectory, _fixture["elsewhere"]);

        Assert.Equal(
            "OVP4003",
            Assert.Throws<DiagnosticException>(() => BinaryBackup.Take(_fixture.Plugin, windows: false)).Diagnostic.Code
        );
    }
}
