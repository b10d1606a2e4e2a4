using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class StartingWithThePluginSdk : HostScratch
{
    public override ValueTask InitializeAsync()
    {
        Plugins.CopyBackend(Project);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Made_with_plugin_sdk_it_starts_with_any_state_directory_and_leaves_the_home_as_it_was()
    {
        WriteSdk();
        var place = Path.Combine(Home, ".omniview/plugins", Plugins.Id, "plugin.yaml");
        var dev = await OpenAsync();

        await dev.LogAsync("warning OVP3013: A link to the installed manifest was laid here");
        await dev.ReadyAsync(1);
        Assert.Equal(Installed("plugin.yaml"), new FileInfo(place).LinkTarget);
        Assert.Contains(dev.Logs, entry => entry.Message == $"home {Home}");

        await dev.Session.EndAsync();
        Assert.Empty(Directory.EnumerateFileSystemEntries(Home, ".omniview"));
    }

    [Fact]
    public async Task A_manifest_that_is_in_the_home_already_stays_as_it_is()
    {
        WriteSdk();
        var place = Plugins.Write(Home, $".omniview/plugins/{Plugins.Id}/plugin.yaml", "the user's own");
        var dev = await OpenAsync();

        await dev.ReadyAsync(1);
        await dev.Session.EndAsync();

        Assert.Equal("the user's own", await File.ReadAllTextAsync(place, Cancellation));
        Assert.DoesNotContain(dev.Logs, entry => entry.Message.Contains("OVP3013", StringComparison.Ordinal));
    }

    /// <summary>Has the plugin use a plugin-sdk that does what the real one does at its start.</summary>
    private void WriteSdk()
    {
        Write("sdk/go.mod", "module github.com/omniviewdev/plugin-sdk\n\ngo 1.24\n");
        Write("sdk/sdk.go", """
            package sdk

            import (
            	"fmt"
            	"os"
            	"path/filepath"
            )

            func Start(id string) {
            	home, _ := os.UserHomeDir()
            	fmt.Println("home", home)
            	if _, err := os.ReadFile(filepath.Join(home, ".omniview", "plugins", id, "plugin.yaml")); err != nil {
            		panic(err)
            	}
            }
            """);
        Write(
            "go.mod",
            File.ReadAllText(Path.Combine(Project, "go.mod"))
                + "\nrequire github.com/omniviewdev/plugin-sdk v0.1.0\n\nreplace github.com/omniviewdev/plugin-sdk " +
                    "=> ./sdk\n"
        );
        Write(
            "pkg/start.go", $"package main\n\nimport \"github.com/omniviewdev/plugin-sdk\"\n\nfunc init() {{ " +
            $"sdk.Start(\"{Plugins.Id}\") }}\n");
    }
}
