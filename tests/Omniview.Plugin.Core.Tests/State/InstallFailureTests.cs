using System.Security.Cryptography;
using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Tests.State;

/// <summary>
/// What the file system refuses half-way: the installed plugin stays what it was, to the byte and the second.
/// </summary>
public sealed class InstallFailureTests
{
    private const int DiskSize = 512 * 1024;

    [Theory]
    [InlineData("project/build/plugin")]
    [InlineData("project/ui/dist/assets/zz.wasm")]
    public async Task Leaves_every_old_file_when_the_disk_is_full(string tooBig)
    {
        await using var disk = await SmallDisk.MountAsync(DiskSize);
        using var fixture = new PluginFixture(disk.Path);
        fixture.Install();
        var before = fixture.Snapshot();
        fixture.Build("2", "entry.js", "new/chunk.js");
        fixture.Write(tooBig, RandomNumberGenerator.GetHexString(DiskSize));

        var problem = Assert.Throws<DiagnosticException>(() => fixture.Install()).Diagnostic;

        Assert.Equal("OVP4002", problem.Code);
        Assert.Contains("no space is left", problem.Message, StringComparison.Ordinal);
        Assert.Contains("The installed plugin is unchanged.", problem.Message, StringComparison.Ordinal);
        Assert.StartsWith(fixture.Plugin.Directory, problem.File!, StringComparison.Ordinal);
        Assert.Equal(before, fixture.Snapshot());
        Assert.False(Directory.Exists(Path.Combine(fixture.Plugin.AssetsDirectory, "new")));
    }

    [Fact]
    public async Task Installs_when_the_disk_has_room_again()
    {
        await using var disk = await SmallDisk.MountAsync(DiskSize);
        using var fixture = new PluginFixture(disk.Path);
        File.WriteAllBytes(Path.Combine(disk.Path, "filler"), new byte[DiskSize - (16 * 1024)]);
        fixture.Write("project/build/plugin", RandomNumberGenerator.GetHexString(64 * 1024));
        Assert.Throws<DiagnosticException>(() => fixture.Install());
        Assert.Empty(fixture.Snapshot());
        File.Delete(Path.Combine(disk.Path, "filler"));

        Assert.True(fixture.Install().BinaryChanged);
    }

    [Fact]
    public async Task Says_that_the_file_system_is_read_only()
    {
        await using var disk = await SmallDisk.MountAsync(DiskSize);
        using var fixture = new PluginFixture(disk.Path);
        fixture.Install();
        var before = fixture.Snapshot();
        fixture.Build("2", "entry.js");
        await disk.MakeReadOnlyAsync();

        var problem = Assert.Throws<DiagnosticException>(() => fixture.Install()).Diagnostic;

        Assert.Equal("OVP4002", problem.Code);
        Assert.Contains("the file system is read-only", problem.Message, StringComparison.Ordinal);
        Assert.Equal(before, fixture.Snapshot());
    }

    [Theory]
    [InlineData("", "plugin.yaml")]
    [InlineData("bin", "plugin")]
    [InlineData("assets", "chunk-1.js")]
    public async Task Leaves_everything_when_one_folder_may_not_be_written(string folder, string firstFile)
    {
        await using var disk = await SmallDisk.MountAsync(DiskSize);
        using var fixture = new PluginFixture(disk.Path);
        fixture.Install();
        var before = fixture.Snapshot();
        fixture.Build("2", "entry.js", "chunk-1.js");
        var readOnly = Path.Combine(fixture.Plugin.Directory, folder);
        await SmallDisk.MakeImmutableAsync(readOnly);

        var problem = Assert.Throws<DiagnosticException>(() => fixture.Install()).Diagnostic;

        Assert.Equal("OVP4002", problem.Code);
        Assert.Equal(Path.Combine(readOnly, firstFile), problem.File);
        Assert.Contains("Allow your user to write in", problem.Message, StringComparison.Ordinal);
        Assert.Equal(before, fixture.Snapshot());
    }

    [Fact]
    public async Task Takes_manifest_and_assets_back_when_the_binary_can_not_be_replaced()
    {
        await using var disk = await SmallDisk.MountAsync(DiskSize);
        using var fixture = new PluginFixture(disk.Path);
        fixture.Install();
        var before = fixture.Snapshot();
        fixture.Build("2", "entry.js", "chunk-2.js", "new/chunk.js");
        await SmallDisk.MakeImmutableAsync(fixture.InstalledBinary);

        var problem = Assert.Throws<DiagnosticException>(() => fixture.Install()).Diagnostic;

        Assert.Equal(fixture.InstalledBinary, problem.File);
        Assert.Contains("The installed plugin is unchanged.", problem.Message, StringComparison.Ordinal);
        Assert.Equal(before, fixture.Snapshot());
    }

    [Fact]
    public void Says_that_a_folder_has_the_place_of_a_file()
    {
        using var fixture = new PluginFixture();
        fixture.WriteInstalled("bin/plugin/why", "theirs");
        var before = fixture.Snapshot();

        var problem = Assert.Throws<DiagnosticException>(() => fixture.Install()).Diagnostic;

        Assert.Equal("OVP4002", problem.Code);
        Assert.Contains("a folder has this name", problem.Message, StringComparison.Ordinal);
        Assert.Equal(before, fixture.Snapshot());
    }
}
