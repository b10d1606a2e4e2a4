using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Omniview.Plugin.Core.Archives;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Tests.Processes;

namespace Omniview.Plugin.Core.Tests.Archives;

/// <summary>
/// Archives that are not what they were when they were packed, and what is no archive at all. Alone, because they count
/// what the whole process holds.
/// </summary>
[Collection(typeof(EnduranceTests))]
public sealed class DamagedArchiveTests : IDisposable
{
    private const int Trailer = 8; // CRC-32 and length, four bytes each: RFC 1952

    private readonly TempFolder _temp = new();

    private string Archive => _temp["packed.tar.gz"];

    private string State => _temp["state"];

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task A_wrong_checksum_or_length_and_a_cut_trailer_are_not_installed()
    {
        var whole = await WholeAsync();
        for (var cut = 1; cut <= Trailer; cut++)
        {
            await RefusedAsync(DiagnosticCodes.ArchiveUnreadable, whole[..^cut]);
        }

        for (var wrong = 1; wrong <= Trailer; wrong++)
        {
            var damaged = whole.ToArray();
            damaged[^wrong] ^= 0x10;
            await RefusedAsync(DiagnosticCodes.ArchiveUnreadable, damaged);
        }
    }

    [Fact]
    public async Task What_follows_the_archive_is_not_passed_over()
    {
        var whole = await WholeAsync();
        await RefusedAsync(DiagnosticCodes.ArchiveUnreadable, [.. whole, .. new byte[512]]);
        await RefusedAsync(
            DiagnosticCodes.ArchiveUnreadable,
            [.. whole, .. Encoding.ASCII.GetBytes("<html>and an error page</html>")]);
        // two members of gzip, the second behind the tar's end
        await RefusedAsync(DiagnosticCodes.ArchiveRefused, [.. whole, .. whole]);
        await RefusedAsync(DiagnosticCodes.ArchiveUnreadable, [.. whole, .. GZipped.Compress(new byte[512])]);
    }

    [Fact]
    public async Task What_follows_the_end_of_the_tar_is_not_passed_over()
    {
        var tar = GZipped.Decompress(await WholeAsync());
        await RefusedAsync(DiagnosticCodes.ArchiveRefused, GZipped.Compress([.. tar, .. new byte[1024], .. "more"u8]));
        await RefusedAsync(DiagnosticCodes.ArchiveUnreadable, GZipped.Compress(tar[..^1024])); // without its end
        // GNU tar fills its last record
        await File.WriteAllBytesAsync(
            Archive, GZipped.Compress([.. tar, .. new byte[10240]]), TestContext.Current.CancellationToken);

        await InstallAsync();
    }

    [Theory]
    [InlineData(TarEntryFormat.Pax)]
    [InlineData(TarEntryFormat.Gnu)]
    public async Task A_name_of_many_megabytes_costs_no_memory(TarEntryFormat format)
    {
        const int Size = 600_000_000;
        await using (var zipped = new GZipStream(File.Create(Archive), CompressionLevel.Fastest))
        {
            var header = new byte[512];
            Write(header, 0, format == TarEntryFormat.Gnu ? "././@LongLink" : "PaxHeaders/x");
            Write(header, 124, Convert.ToString(Size, 8).PadLeft(11, '0'));
            header[156] = format == TarEntryFormat.Gnu ? (byte)'L' : (byte)'x';
            Write(header, 257, format == TarEntryFormat.Gnu ? "ustar  " : "ustar\0" + "00");
            Write(header, 148, "        ");
            Write(header, 148, Convert.ToString(header.Sum(one => one), 8).PadLeft(6, '0') + "\0");
            await zipped.WriteAsync(header, TestContext.Current.CancellationToken);
            var block = new byte[1_000_000];
            block.AsSpan().Fill((byte)'a');
            for (var written = 0; written < Size; written += block.Length)
            {
                await zipped.WriteAsync(block, TestContext.Current.CancellationToken);
            }
        }

        using var self = Process.GetCurrentProcess();
        var before = self.WorkingSet64;

        var problem = await RefusedAsync(DiagnosticCodes.ArchiveRefused);

        self.Refresh();
        Assert.Contains("is larger than", problem.Message, StringComparison.Ordinal);
        Assert.True(self.WorkingSet64 - before < Size / 2, $"{self.WorkingSet64 - before} bytes more are in use");
    }

    [Fact]
    public async Task A_size_that_is_negative_or_beyond_all_bounds_is_not_believed()
    {
        var tar = GZipped.Decompress(await WholeAsync());
        var header = Enumerable.Range(0, tar.Length / 512).Select(block => block * 512).First(
            at => tar[at + 156] == '0' && Encoding.ASCII.GetString(tar, at, 13) == "./plugin.yaml");
        foreach (var size in new byte[][]
        {
            [.. Enumerable.Repeat((byte)0xFF, 12)], // -1 in base 256
            [0x80, 0, 0, 0, 0x7F, 0, 0, 0, 0, 0, 0, 1],
            [0x80, 0, 0, 0, 0, 0, 0, 0, 0x7F, 0xFF, 0xFF, 0xFF],
            "-0000000001\0"u8.ToArray(),
            "77777777777\0"u8.ToArray(),
        })
        {
            var changed = tar.ToArray();
            size.CopyTo(changed, header + 124);
            Write(changed, header + 148, "        ");
            Write(
                changed,
                header + 148,
                Convert.ToString(changed.AsSpan(header, 512).ToArray().Sum(one => one), 8).PadLeft(6, '0') + "\0");

            await RefusedAsync(expected: null, GZipped.Compress(changed));
        }
    }

    [Fact]
    public async Task A_file_with_holes_is_not_installed_as_its_map()
    {
        PluginTar
            .Good()
            .Add(
                new PaxTarEntry(
                    TarEntryType.RegularFile,
                    "assets/GNUSparseFile.0/large",
                    [
                        new("GNU.sparse.major", "1"),
                        new("GNU.sparse.minor", "0"),
                        new("GNU.sparse.name", "assets/large"),
                        new("GNU.sparse.realsize", "9999999999"),
                    ])
                {
                    DataStream = new MemoryStream(new byte[512]),
                })
            .Write(Archive);

        await RefusedAsync(DiagnosticCodes.ArchiveRefused);
    }

    [Theory]
    [InlineData("assets/nul")]
    [InlineData("assets/Con.js")]
    [InlineData("assets/lpt1 .tar.gz")]
    [InlineData("assets/com\u00b9/x.js")]
    [InlineData("assets/e\u0085vil")]
    [InlineData("assets/entry.js/file")]
    [InlineData("assets/deep")]
    public async Task A_name_that_is_another_thing_on_some_systems_refuses_all_of_it(string name)
    {
        PluginTar.Good().File(name, "evil").Write(Archive);

        var problem = await RefusedAsync(DiagnosticCodes.ArchiveRefused);

        Assert.DoesNotContain('\u0085', problem.Message);
    }

    [Fact]
    public async Task Folders_count_as_entries()
    {
        PluginTar.Good().File("assets/" + string.Concat(Enumerable.Repeat("a/", 100)) + "x", "deep").Write(Archive);

        var problem = Assert
            .Throws<DiagnosticException>(() =>
                new ArchiveUnpacker(Archive, _temp["deep"], new ArchiveLimits(1_000_000, 50)).Unpack(
                    TestContext.Current.CancellationToken))
            .Diagnostic;

        Assert.Equal(DiagnosticCodes.ArchiveRefused, problem.Code);
        Assert.Equal(DiagnosticCodes.ArchiveRefused, (await RefusedAsync(expected: null, await LongNameAsync())).Code);
    }

    [Fact]
    [UnixOnly("Windows has no named pipes and no devices in folders")]
    public async Task What_is_no_regular_file_is_told_at_once()
    {
        await Process.Start("mkfifo", [Archive]).WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Contains(
            "is a named pipe",
            (await RefusedAsync(DiagnosticCodes.ArchiveUnreadable)).Message,
            StringComparison.Ordinal);
        File.Delete(Archive);
        foreach (var (path, kind) in new[] { ("/dev/zero", "is a device"), (_temp.Path, "is a folder") })
        {
            File.CreateSymbolicLink(Archive, path);
            Assert.Contains(
                kind, (await RefusedAsync(DiagnosticCodes.ArchiveUnreadable)).Message, StringComparison.Ordinal);
            File.Delete(Archive);
        }

        using (var sparse = File.Create(Archive))
        {
            sparse.SetLength(1L << 40);
        }

        await RefusedAsync(DiagnosticCodes.ArchiveRefused);
    }

    private async Task<byte[]> LongNameAsync()
    {
        PluginTar.Good().File("assets/" + string.Concat(Enumerable.Repeat("a/", 100_000)) + "x", "deep").Write(Archive);
        return await File.ReadAllBytesAsync(Archive, TestContext.Current.CancellationToken);
    }

    private async Task<byte[]> WholeAsync()
    {
        PluginTar.Good(program: new string('x', 5000)).Write(Archive);
        return await File.ReadAllBytesAsync(Archive, TestContext.Current.CancellationToken);
    }

    private async Task<Diagnostic> RefusedAsync(string? expected, byte[]? archive = null)
    {
        if (archive is not null)
        {
            await File.WriteAllBytesAsync(Archive, archive, TestContext.Current.CancellationToken);
        }

        var problem = (await Assert.ThrowsAsync<DiagnosticException>(InstallAsync)).Diagnostic;

        Assert.Equal(Archive, problem.File);
        Assert.True(
            expected is null
                ? problem.Code is DiagnosticCodes.ArchiveUnreadable or DiagnosticCodes.ArchiveRefused
                : problem.Code == expected,
            problem.ToString());
        Assert.False(Directory.Exists(State), "something was installed");
        return problem;
    }

    private Task<InstalledArchive> InstallAsync() =>
        ArchiveInstaller.InstallAsync(Archive, State, _ => Task.CompletedTask, TestContext.Current.CancellationToken);

    private static void Write(byte[] header, int at, string text) => Encoding.ASCII.GetBytes(text).CopyTo(header, at);
}
