using System.Diagnostics;

namespace Omniview.Plugin.DevServer.Tests.Dashboard;

/// <summary>The page's own tests: src/Omniview.Plugin.Dashboard/tests.</summary>
public sealed class CheckingThePartsOfThePage
{
    [Theory]
    [InlineData("node_modules/typescript/bin/tsc", "--pretty", "false", "-p", "tests")]
    [InlineData("test.mjs")]
    public async Task They_pass_in_node(params string[] arguments)
    {
        using var node = new Shell(
            new ProcessStartInfo("node", arguments)
            {
                WorkingDirectory = Path.Combine(Repository.Root, "src", "Omniview.Plugin.Dashboard"),
            });

        Assert.True(await node.ExitAsync() == 0, node.Text);
    }
}
