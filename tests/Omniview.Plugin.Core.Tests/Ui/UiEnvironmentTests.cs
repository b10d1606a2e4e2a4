using Omniview.Plugin.Core.Ui.Packages;

namespace Omniview.Plugin.Core.Tests.Ui;

public sealed class UiEnvironmentTests
{
    [Fact]
    public void Tools_come_first_on_PATH_each_folder_once()
    {
        var environment = UiEnvironment.For(
            new Dictionary<string, string?> { ["PATH"] = "/rest" }, "/node", "/pnpm", "/node");

        Assert.Equal(string.Join(Path.PathSeparator, "/node", "/pnpm", "/rest"), environment["PATH"]);
    }

    [Fact]
    public void PATH_is_made_when_there_is_none()
    {
        var environment = UiEnvironment.For(new Dictionary<string, string?> { ["PATH"] = null }, "/node");

        Assert.Equal("/node", environment["PATH"]);
    }

    [Fact]
    public void The_authors_variables_win_and_the_others_forbid_colours_and_questions()
    {
        var environment = UiEnvironment.For(new Dictionary<string, string?> { ["NO_COLOR"] = null, ["VITE_X"] = "1" });

        Assert.Null(environment["NO_COLOR"]);
        Assert.Equal("1", environment["VITE_X"]);
        Assert.Equal("0", environment["COREPACK_ENABLE_DOWNLOAD_PROMPT"]);
    }
}
