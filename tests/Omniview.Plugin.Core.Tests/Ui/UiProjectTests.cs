using Omniview.Plugin.Core.Ui.Packages;

namespace Omniview.Plugin.Core.Tests.Ui;

public sealed class UiProjectTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private UiProject Ui => new(_folder["repo/plugins/one/ui"], _folder["repo/plugins/one"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Looks_from_the_ui_folder_up_to_the_plugin_folder()
    {
        _folder.Write("repo/plugins/one/ui/package.json", "{}");
        _folder.Write("repo/package.json", "{}");

        Assert.Equal([_folder["repo/plugins/one/ui"], _folder["repo/plugins/one"]], Ui.Folders());
    }

    [Theory]
    [InlineData("pnpm-workspace.yaml", "packages: ['plugins/*/ui']")]
    [InlineData("package.json", "{ \"workspaces\": [\"plugins/*/ui\"] }")]
    public void Looks_further_up_to_the_root_of_a_workspace(string file, string text)
    {
        _folder.Write($"repo/{file}", text);

        Assert.Equal(
            [_folder["repo/plugins/one/ui"], _folder["repo/plugins/one"], _folder["repo/plugins"], _folder["repo"]],
            Ui.Folders());
    }

    [Fact]
    public void A_workspace_root_around_the_nearest_one_is_not_ours()
    {
        _folder.Write("repo/plugins/one/ui/pnpm-workspace.yaml", "onlyBuiltDependencies: [esbuild]");
        _folder.Write("repo/pnpm-workspace.yaml", "packages: []");

        Assert.Equal([_folder["repo/plugins/one/ui"], _folder["repo/plugins/one"]], Ui.Folders());
    }
}
