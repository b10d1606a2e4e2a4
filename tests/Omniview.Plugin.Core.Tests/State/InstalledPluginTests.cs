using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.State;

namespace Omniview.Plugin.Core.Tests.State;

public sealed class InstalledPluginTests
{
    [Fact]
    public void Knows_every_path_of_the_layout()
    {
        var root = Path.Combine(Path.GetTempPath(), "plugins", "demo");
        var plugin = new InstalledPlugin(Path.GetTempPath(), "demo");

        Assert.Equal(root, plugin.Directory);
        Assert.Equal(Path.Combine(root, "plugin.yaml"), plugin.ManifestFile);
        Assert.Equal(Path.Combine(root, "bin", "plugin"), plugin.BinaryFile(windows: false));
        Assert.Equal(Path.Combine(root, "bin", "plugin.exe"), plugin.BinaryFile(windows: true));
        Assert.Equal(Path.Combine(root, "assets"), plugin.AssetsDirectory);
        Assert.Equal(Path.Combine(root, ".devinfo"), plugin.DevInfoFile);
    }

    [Theory]
    [InlineData("../../x")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData(@"a\b")]
    [InlineData("")]
    [InlineData("Demo")]
    [InlineData("nul")]
    public void Refuses_an_id_that_is_no_folder_name(string id)
    {
        Assert.Equal(
            "OVP1008",
            Assert.Throws<DiagnosticException>(() => new InstalledPlugin(Path.GetTempPath(), id)).Diagnostic.Code);
    }
}
