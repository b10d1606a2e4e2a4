using System.Security.Cryptography;
using System.Text.Json;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Packaging;

namespace Omniview.Plugin.Core.Tests.Packaging;

public sealed class PluginPackerTests : IDisposable
{
    private readonly BuiltPlugin _plugin = new();

    public void Dispose() => _plugin.Dispose();

    [Fact]
    public void Writes_an_archive_and_its_checksum_for_each_platform_and_a_list_of_them()
    {
        var archives = Pack(_plugin.Request(("win-x64", _plugin.Windows), ("linux-x64", _plugin.Linux)));

        Assert.Equal(
            [
                "my-plugin-linux_amd64.tar.gz",
                "my-plugin-linux_amd64.tar.gz.sha256",
                "my-plugin-windows_amd64.tar.gz",
                "my-plugin-windows_amd64.tar.gz.sha256",
                "my-plugin.archives.json",
            ],
            Written());
        Assert.Equal(
            [
                Path.Combine(_plugin.Output, "my-plugin-linux_amd64.tar.gz"),
                Path.Combine(_plugin.Output, "my-plugin-windows_amd64.tar.gz"),
            ],
            archives);
        using var list = JsonDocument.Parse(File.ReadAllText(_plugin["out/my-plugin.archives.json"]));
        Assert.Equal(
            ("my-plugin", "1.2.3"),
            (list.RootElement.GetProperty("id").GetString(), list.RootElement.GetProperty("version").GetString()));
        foreach (var platform in list.RootElement.GetProperty("archives").EnumerateObject())
        {
            var file = Path.Combine(_plugin.Output, platform.Value.GetProperty("file").GetString()!);
            var checksum = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
            Assert.Equal(
                (checksum, new FileInfo(file).Length),
                (platform.Value.GetProperty("checksum").GetString(), platform.Value.GetProperty("size").GetInt64()));
            Assert.Equal(checksum, File.ReadAllText(file + ".sha256"));
        }
    }

    [Fact]
    public void Leaves_nothing_when_one_platform_fails()
    {
        Pack(_plugin.Request(("linux-x64", _plugin.Linux), ("win-x64", _plugin.Windows)));
        var own = _plugin.Write("out/notes.txt", "mine");

        var problem = Assert.Throws<DiagnosticException>(
            () => Pack(_plugin.Request(("linux-x64", _plugin.Linux), ("win-x64", _plugin["gone"])))).Diagnostic;

        Assert.Equal(DiagnosticCodes.TransferSourceMissing, problem.Code);
        Assert.Equal([Path.GetFileName(own)], Written());
    }

    [Fact]
    public void Removes_what_the_last_pack_of_the_same_platforms_wrote_and_nothing_else()
    {
        Pack(_plugin.Request(("linux-x64", _plugin.Linux), ("win-x64", _plugin.Windows)));

        PluginPacker.RemoveOld(_plugin.Output, ArchiveName.Default, BuiltPlugin.Id, "1.2.3", ["linux-x64"]);

        Assert.Equal(["my-plugin-windows_amd64.tar.gz", "my-plugin-windows_amd64.tar.gz.sha256"], Written());
    }

    [Fact]
    public void Looks_nowhere_for_an_id_that_is_no_id()
    {
        var outside = _plugin.Write("x.archives.json", "{}");

        PluginPacker.RemoveOld(_plugin.Output, ArchiveName.Default, "../x", "1.2.3", ["linux-x64"]);

        Assert.True(File.Exists(outside));
    }

    [Theory]
    [InlineData("{id}", "linux-x64", "win-x64", DiagnosticCodes.ArchiveNameUnusable)]
    [InlineData("{rid}", "linux-x64", "linux-musl-x64", DiagnosticCodes.PackagingFailed)] // one key in the registry
    public void Refuses_two_archives_of_one_name_or_platform(string template, string first, string second, string code)
    {
        var request = _plugin.Request((first, _plugin.Linux), (second, _plugin.Linux)) with { NameTemplate = template };

        Assert.Equal(code, Assert.Throws<DiagnosticException>(() => Pack(request)).Diagnostic.Code);
        Assert.False(Directory.Exists(_plugin.Output));
    }

    [Fact]
    public void Says_which_folder_can_not_be_written()
    {
        _plugin.Write("out", "a file");

        var problem = Assert.Throws<DiagnosticException>(
            () => Pack(_plugin.Request(("linux-x64", _plugin.Linux)))).Diagnostic;

        Assert.Equal((DiagnosticCodes.PackagingFailed, _plugin.Output), (problem.Code, problem.File));
    }

    private static IReadOnlyList<string> Pack(PackRequest request) =>
        PluginPacker.Pack(request, TestContext.Current.CancellationToken);

    private List<string> Written() =>
        [
            .. Directory
                .EnumerateFileSystemEntries(_plugin.Output)
                .Select(file => Path.GetFileName(file))
                .Order(StringComparer.Ordinal),
        ];
}
