using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Toolchain;
using Omniview.Plugin.Core.Packaging;

namespace Omniview.Plugin.Core.Tests.Packaging;

public sealed class PluginArchiveTests : IDisposable
{
    private readonly BuiltPlugin _plugin = new();

    public void Dispose() => _plugin.Dispose();

    [Fact]
    public void Holds_manifest_program_and_assets_sorted_with_fixed_modes_times_and_owner()
    {
        Modes.Set(_plugin.Linux, UnixFileMode.UserRead);
        Modes.Set(_plugin.Manifest, (UnixFileMode)0b111_111_111);

        PluginArchive.Write(_plugin.Layout(), _plugin["a.tar.gz"], TestContext.Current.CancellationToken);

        var entries = Read(_plugin["a.tar.gz"]);
        Assert.Equal(
            [
                "./assets/ 755",
                "./assets/entry.js 644",
                "./assets/fonts/ 755",
                "./assets/fonts/a.woff2 644",
                "./bin/ 755",
                "./bin/plugin 755",
                "./plugin.yaml 644",
            ],
            entries.Select(entry => $"{entry.Name} {Convert.ToString((int)entry.Mode, 8)}"));
        Assert.All(
            entries,
            entry =>
                Assert.Equal(
                    (0, 0, new DateTime(1980, 1, 1)), (entry.Uid, entry.Gid, entry.ModificationTime.UtcDateTime)));
    }

    [Fact]
    public void Has_the_same_bytes_whenever_and_wherever_it_is_written()
    {
        using var elsewhere = new BuiltPlugin();
        foreach (
            var file in Directory
                .EnumerateFiles(elsewhere.Assets, "*", SearchOption.AllDirectories)
                .Append(elsewhere.Manifest))
        {
            File.SetLastWriteTimeUtc(file, new DateTime(2031, 5, 6, 7, 8, 9, DateTimeKind.Utc));
            Modes.Set(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var first = PluginArchive.Write(_plugin.Layout(), _plugin["a.tar.gz"], TestContext.Current.CancellationToken);
        var second = PluginArchive.Write(
            elsewhere.Layout(), elsewhere["other.tar.gz"], TestContext.Current.CancellationToken);

        Assert.Equal(File.ReadAllBytes(_plugin["a.tar.gz"]), File.ReadAllBytes(elsewhere["other.tar.gz"]));
        Assert.Equal(first, second);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_plugin["a.tar.gz"]))), first);
    }

    [Fact]
    public void Says_in_its_header_neither_a_time_nor_a_system()
    {
        PluginArchive.Write(_plugin.Layout(), _plugin["a.tar.gz"], TestContext.Current.CancellationToken);

        var head = File.ReadAllBytes(_plugin["a.tar.gz"]);
        Assert.Equal(new byte[] { 0x1f, 0x8b, 8, 0, 0, 0, 0, 0 }, head[..8]);
        Assert.Equal(255, head[9]);
    }

    [Fact]
    public void Takes_names_longer_than_a_tar_header_has_room_for()
    {
        var name = $"{new string('é', 120)}.js";
        _plugin.Write($"assets/{name}", "x");

        var first = PluginArchive.Write(_plugin.Layout(), _plugin["a.tar.gz"], TestContext.Current.CancellationToken);
        var second = PluginArchive.Write(_plugin.Layout(), _plugin["b.tar.gz"], TestContext.Current.CancellationToken);

        Assert.Contains($"./assets/{name}", Read(_plugin["a.tar.gz"]).Select(entry => entry.Name));
        Assert.Equal(first, second);
    }

    [Fact]
    public void Replaces_an_old_archive_and_leaves_no_temporary()
    {
        _plugin.Write("out/a.tar.gz", "old");

        PluginArchive.Write(_plugin.Layout(), _plugin["out/a.tar.gz"], TestContext.Current.CancellationToken);

        Assert.Equal([_plugin["out/a.tar.gz"]], Directory.EnumerateFileSystemEntries(_plugin.Output));
        Assert.Equal(7, Read(_plugin["out/a.tar.gz"]).Count);
    }

    [Fact]
    public void Refuses_what_Omniview_would_not_unpack()
    {
        using (var huge = File.OpenWrite(_plugin.Write("assets/huge.js", "")))
        {
            huge.SetLength((1L << 30) + 1); // a hole: no disk is used
        }

        var problem = Assert
            .Throws<DiagnosticException>(() =>
                PluginArchive.Write(_plugin.Layout(), _plugin["out/a.tar.gz"], TestContext.Current.CancellationToken))
            .Diagnostic;

        Assert.Equal(DiagnosticCodes.PackagingFailed, problem.Code);
        Assert.Contains(_plugin["assets/huge.js"], problem.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_plugin.Output));
    }

    [Fact]
    public void Refuses_a_program_of_another_platform()
    {
        var problem = Assert.Throws<DiagnosticException>(
            () => new PluginLayout(new GoTarget("linux", "arm64"), _plugin.Manifest, _plugin.Linux, null)).Diagnostic;

        Assert.Equal((DiagnosticCodes.PackagingFailed, _plugin.Linux), (problem.Code, problem.File));
        Assert.Contains("linux/arm64", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    [NotInWine("it makes no symbolic links")]
    public void Refuses_a_link_among_the_assets()
    {
        File.CreateSymbolicLink(_plugin["assets/link.js"], "/etc/passwd");

        var problem = Assert.Throws<DiagnosticException>(_plugin.Layout).Diagnostic;

        Assert.Equal((DiagnosticCodes.PackagingFailed, _plugin["assets/link.js"]), (problem.Code, problem.File));
    }

    [Theory]
    [InlineData("plugin.yaml")]
    [InlineData("linux/plugin")]
    [InlineData("assets")]
    public void Says_which_part_is_missing(string part)
    {
        if (File.Exists(_plugin[part]))
        {
            File.Delete(_plugin[part]);
        }
        else
        {
            Directory.Delete(_plugin[part], recursive: true);
        }

        var problem = Assert.Throws<DiagnosticException>(_plugin.Layout).Diagnostic;

        Assert.Equal((DiagnosticCodes.TransferSourceMissing, _plugin[part]), (problem.Code, problem.File));
    }

    private static List<TarEntry> Read(string file)
    {
        using var gzip = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        using var tar = new TarReader(gzip);
        List<TarEntry> entries = [];
        while (tar.GetNextEntry() is { } entry)
        {
            entries.Add(entry);
        }

        return entries;
    }
}
