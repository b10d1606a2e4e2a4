using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Tests.State;

/// <summary>What is refused before anything is written.</summary>
public sealed class InstallRefusalTests : IDisposable
{
    private readonly PluginFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("project/plugin.yaml")]
    [InlineData("project/build/plugin")]
    [InlineData("project/ui/dist")]
    public void Tells_a_missing_source_and_keeps_what_is_installed(string missing)
    {
        _fixture.Install();
        var before = _fixture.Snapshot();
        _fixture.Build("2", "entry.js");
        Remove(_fixture[missing]);

        var problem = Assert.Throws<DiagnosticException>(() => _fixture.Install()).Diagnostic;

        Assert.Equal("OVP4004", problem.Code);
        Assert.StartsWith(_fixture[missing], problem.File!, StringComparison.Ordinal);
        Assert.Equal(before, _fixture.Snapshot());
    }

    [Fact]
    public void Takes_an_empty_ui_build_for_a_missing_one()
    {
        _fixture.Install();
        var before = _fixture.Snapshot();
        _fixture.Build("2");
        Directory.CreateDirectory(_fixture.Assets);

        Assert.Equal("OVP4004", Assert.Throws<DiagnosticException>(() => _fixture.Install()).Diagnostic.Code);
        Assert.Equal(before, _fixture.Snapshot());
    }

    [Fact]
    public void Creates_nothing_for_a_missing_source()
    {
        File.Delete(_fixture.Binary);

        Assert.Throws<DiagnosticException>(() => _fixture.Install());
        Assert.False(Directory.Exists(_fixture.Plugin.StateDirectory));
    }

    [Theory]
    [InlineData("")]
    [InlineData("bin")]
    [InlineData("assets")]
    [InlineData("assets/deep")]
    [NotInWine("it makes no symbolic links")]
    public void Refuses_to_write_through_a_link(string link)
    {
        var elsewhere = Directory.CreateDirectory(_fixture["elsewhere"]).FullName;
        var place = Path.TrimEndingDirectorySeparator(Path.Combine(_fixture.Plugin.Directory, link));
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        Directory.CreateSymbolicLink(place, elsewhere);

        var problem = Assert.Throws<DiagnosticException>(() => _fixture.Install()).Diagnostic;

        Assert.Equal("OVP4003", problem.Code);
        Assert.Contains(place, problem.Message, StringComparison.Ordinal);
        Assert.Contains(elsewhere, problem.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(elsewhere));
        Assert.Empty(_fixture.Snapshot());
    }

    [Fact]
    [NotInWine("it makes no symbolic links")]
    public void Allows_the_state_directory_itself_to_be_a_link()
    {
        var elsewhere = Directory.CreateDirectory(_fixture["elsewhere"]).FullName;
        Directory.CreateSymbolicLink(_fixture.Plugin.StateDirectory, elsewhere);

        _fixture.Install();

        Assert.True(File.Exists(Path.Combine(elsewhere, "plugins", "demo", "plugin.yaml")));
    }

    private static void Remove(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.Delete(path);
        }
    }
}
