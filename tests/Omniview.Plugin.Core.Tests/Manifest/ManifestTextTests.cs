using System.Text;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Manifest;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Tests.Processes;

namespace Omniview.Plugin.Core.Tests.Manifest;

public sealed class ManifestTextTests
{
    private const string Valid = "id: a\nversion: 1.0.0\ncapabilities: [ui]\n";

    [Theory]
    [InlineData(null, "There is no plugin.yaml in '")]
    [InlineData("plugin.yml", "but a plugin.yml. Rename it to plugin.yaml.")]
    [InlineData("plugin.YML", "but a plugin.YML. Rename it to plugin.yaml.")]
    public void A_missing_file_is_said_with_the_name_that_was_looked_for(string? there, string expected)
    {
        using var folder = new PluginFolder();
        if (there is not null)
        {
            folder.Write(there, Valid);
        }

        var problem = Assert.Single(folder.Read().Diagnostics);

        Assert.Equal((
            DiagnosticCodes.ManifestNotFound, folder.Manifest, 0), (problem.Code, problem.File, problem.Line));
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mkfifo \"$1\"", DiagnosticCodes.ManifestNotFound, "is a named pipe, not a file")]
    [InlineData("ln -s /dev/zero \"$1\"", DiagnosticCodes.ManifestNotFound, "is a device, not a file")]
    [InlineData("mkdir \"$1\"", DiagnosticCodes.ManifestNotFound, "is a folder, not a file")]
    [InlineData("truncate -s 1T \"$1\"", DiagnosticCodes.ManifestTooLarge, "larger than 1 MiB")]
    [UnixOnly("Windows has no named pipes and no devices in folders")]
    public async Task What_is_no_file_or_has_no_end_is_told_at_once(string script, string code, string why)
    {
        using var folder = new TempFolder();
        var file = folder["plugin.yaml"];
        Assert.Equal(
            0, await ToolRunner.RunAsync(Sh.Script(script, file), _ => { }, TestContext.Current.CancellationToken));

        var problem = Assert.Throws<DiagnosticException>(() => ManifestText.Load(file)).Diagnostic;

        Assert.Equal((code, file), (problem.Code, problem.File));
        Assert.Contains(why, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_project_folder_and_a_folder_in_the_place_of_the_file_are_said_the_same_way()
    {
        using var folder = new PluginFolder();
        Assert.Equal("OVP1001 error 0,0", PluginFolder.Brief(ManifestReader.Read(Path.Combine(folder.Path, "gone"))));

        Directory.CreateDirectory(folder.Manifest);
        var result = folder.Read();

        Assert.Equal("OVP1001 error 0,0", PluginFolder.Brief(result));
        Assert.Contains("can't be read", result.Diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FF", 1, 1)]
    [InlineData("69 64 3A 20 E9 0A", 1, 5)] // Latin-1
    [InlineData("EF BB BF 61 0A C3 A9 C3 28", 2, 2)] // a mark, then é, then a broken é
    [InlineData("F0 9F 98 80 E2 82", 1, 3)] // 😀 takes two columns; then a cut €
    [InlineData("61 0D 0A 62 0D 63 C0 AF", 3, 2)] // an overlong slash, behind two kinds of line ends
    [InlineData("ED A0 80", 1, 1)] // half of a surrogate pair
    [InlineData("FF FE 69 00 64 00", 1, 1)] // UTF-16, little-endian
    [InlineData("FE FF 00 69 00 64", 1, 1)] // UTF-16, big-endian
    [InlineData("69 00 64 00 3A 00", 1, 2)] // the same without their marks
    [InlineData("00 69 00 64", 1, 1)]
    public void What_is_not_utf8_is_shown_at_its_first_bad_byte(string hex, int line, int column)
    {
        var result = PluginFolder.Read(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));

        Assert.Equal($"OVP1002 error {line},{column}", PluginFolder.Brief(result));
        Assert.Null(result.Manifest);
    }

    [Theory]
    [InlineData("id: a\u0000b\n", 1, 6)]
    [InlineData("id: a\n# \u001b[31m\n", 2, 3)]
    [InlineData("id: a\n\u007f", 2, 1)]
    [InlineData("\u0084", 1, 1)]
    public void A_control_character_is_not_yaml(string yaml, int line, int column)
    {
        Assert.Equal($"OVP1005 error {line},{column}", PluginFolder.Brief(PluginFolder.Read(yaml)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\n")]
    [InlineData("\uFEFF")]
    [InlineData("# only\n  # comments")]
    [InlineData("---\n")]
    [InlineData("---\n...\n")]
    [InlineData("~")]
    [InlineData("--- null # nothing\n")]
    public void A_file_that_says_nothing_is_empty(string yaml)
    {
        Assert.Equal("OVP1003 error 1,1", PluginFolder.Brief(PluginFolder.Read(Encoding.UTF8.GetBytes(yaml))));
    }

    [Fact]
    public void One_mebibyte_is_read_and_one_byte_more_is_not()
    {
        var padded = $"{Valid}#".PadRight(1024 * 1024, '.');
        Assert.Empty(PluginFolder.Read(padded).Diagnostics);

        Assert.Equal("OVP1004 error 1,1", PluginFolder.Brief(PluginFolder.Read(padded + ".")));
    }

    [Fact]
    public void A_huge_file_is_not_read_in()
    {
        using var folder = new PluginFolder();
        using (var sparse = File.Create(folder.Manifest))
        {
            sparse.SetLength(3L * 1024 * 1024 * 1024);
        }

        Assert.Equal("OVP1004 error 1,1", PluginFolder.Brief(folder.Read()));
    }

    [Fact]
    public void A_file_that_an_editor_holds_open_is_read()
    {
        using var folder = new PluginFolder();
        folder.Write("plugin.yaml", Valid);
        using var editor = new FileStream(folder.Manifest, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);

        Assert.NotNull(folder.Read().Manifest);
    }
}
