using Omniview.Plugin.Core.Packaging;

namespace Omniview.Plugin.Core.Tests.Packaging;

public sealed class LayoutFolderTests : IDisposable
{
    private readonly BuiltPlugin _plugin = new();

    public void Dispose() => _plugin.Dispose();

    [Fact]
    [UnixOnly("Windows has no modes")]
    public void Is_what_Omniview_installs_and_is_written_only_where_it_differs()
    {
        File.SetUnixFileMode(_plugin.Linux, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _plugin.Write("out/mine.txt", "mine");

        var first = LayoutFolder.Write(_plugin.Layout(), _plugin.Output, TestContext.Current.CancellationToken);
        File.AppendAllText(_plugin.Manifest, "name: N\n");
        var second = LayoutFolder.Write(_plugin.Layout(), _plugin.Output, TestContext.Current.CancellationToken);

        Assert.Equal((4, 1), (first, second));
        Assert.Equal("mine", File.ReadAllText(_plugin["out/mine.txt"]));
        Assert.Equal("id: my-plugin\nname: N\n", File.ReadAllText(_plugin["out/plugin.yaml"]));
        Assert.Equal(0b111_101_101, (int)File.GetUnixFileMode(_plugin["out/bin/plugin"]));
        Assert.Equal("font", File.ReadAllText(_plugin["out/assets/fonts/a.woff2"]));
    }
}
