using Microsoft.Playwright;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests.Dashboard;

/// <summary>Makes the pictures in docs/images. Look at them before you commit them.</summary>
public sealed class PicturingTheDashboard(SharedBrowser browser) : DashboardScratch(browser)
{
    private const string Chatty = """
        package main

        import (
        	"fmt"
        	"os"
        	"time"
        )

        func init() {
        	go func() {
        		for number := 0; ; number++ {
        			time.Sleep(3 * time.Millisecond)
        			switch number % 23 {
        			case 3:
        				fmt.Fprintf(
        					os.Stderr,
        					"\x1b[32mGET\x1b[0m /api/v1/pods \x1b[1m200\x1b[0m in \x1b[36m%d ms\x1b[0m\n", number%40)
        			case 7:
        				fmt.Fprintf(
        					os.Stderr,
        					"\x1b[38;5;214mcache\x1b[0m \x1b[48;2;40;90;160m\x1b[97m HIT \x1b[0m key=pods/%d\n", number)
        			case 11:
        				fmt.Fprintln(os.Stderr, "watching https://127.0.0.1:6443/api/v1/namespaces?watch=1")
        			case 13, 14, 15, 16:
        				fmt.Fprintln(os.Stderr, "waiting for the cluster …")
        			case 19:
        				fmt.Fprintln(os.Stderr, "slow call at pkg/greet.go:12:9, see there")
        			default:
        				fmt.Fprintf(os.Stderr, "reconciled deployment/web-%d: 3 replicas ready\n", number)
        			}
        		}
        	}()
        }
        """;

    [Fact(Explicit = true)]
    public async Task Ready_building_error_many_lines_dark_and_narrow()
    {
        Plugins.CopySample(Project);
        var other = Path.Combine(Root, "network-tools");
        Plugins.WriteUi(other, FakeVite.Good, "network-tools");
        await OpenAsync(
            Settings(other) with { Ui = OwnPorts with { PackageManagerPath = FakeTool("pnpm", "exit 0\n") } });
        var dev = await OpenAsync();
        await dev.StateAsync(state => state.Status == ProcessStatus.Ready);
        var page = await OpenDashboardAsync(dev.Host);
        for (var turn = 2; turn < 14; turn++)
        {
            Write(
                "pkg/turn.go", $"package main\n\nimport \"log\"\n\nfunc init() {{\n\tfor n := range 3 " +
                $"{{\n\t\tlog.Printf(\"listed %d pods in namespace team-%d\", {turn}*7+n, n)\n\t}}\n}}\n");
            await dev.ReadyAsync(turn);
            if (turn is 5 or 9)
            {
                Replace("pkg/greeting.go", "const greeting", "const greeting int");
                await dev.ErrorsAsync(errors => errors.Count > 0);
                Replace("pkg/greeting.go", "const greeting int", "const greeting");
                await dev.ErrorsAsync(errors => errors.Count == 0);
            }
        }

        await Card(page).GetByText("generation 13", new() { Exact = true }).WaitForAsync();
        await Card(page).GetByText("MB").First.WaitForAsync();
        await page.WaitForTimeoutAsync(2500);
        await SaveAsync(page, "dashboard-ready");

        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await SaveAsync(page, "dashboard-dark");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });

        Replace("pkg/greeting.go", "const greeting = \"Hello\"", "const greeting = missing + 1");
        Replace("pkg/greet.go", "package main", "package main\n\nimport \"os\"");
        await dev.ErrorsAsync(errors => errors.Count > 0);
        await page.Locator(".frame").First.WaitForAsync();
        await page.WaitForTimeoutAsync(1500);
        await SaveAsync(page, "dashboard-error");
        await page.SetViewportSizeAsync(360, 780);
        await SaveAsync(page, "dashboard-narrow");
        await page.SetViewportSizeAsync(1280, 800);
        Replace("pkg/greeting.go", "const greeting = missing + 1", "const greeting = \"Hello\"");
        Replace("pkg/greet.go", "package main\n\nimport \"os\"", "package main");
        await dev.ErrorsAsync(errors => errors.Count == 0);

        Write("pkg/slow.go", "package main\n\n// " + new string('x', 1000) + "\nvar slow = 1\n");
        await Card(page).Locator("header .status.is-building").WaitForAsync();
        await SaveAsync(page, "dashboard-building");
        await dev.ReadyAsync(14);

        Write("pkg/chatty.go", Chatty);
        await page.WaitForTimeoutAsync(5000);
        await SaveAsync(page, "dashboard-many-lines");
    }

    [Fact(Explicit = true)]
    public async Task Many_plugins()
    {
        var page = await OpenDashboardAsync(
            (await KeepHostAsync()).Host, script: StagedPlugins.Script(20, errors: true));
        await page.Keyboard.PressAsync("1");
        await page.Locator("[data-row-of='plugin-02'] td", new() { HasText = "MB" }).WaitForAsync();
        await Card(page, StagedPlugins.Name(1)).GetByText("MB").WaitForAsync();
        await SaveAsync(page, "dashboard-many-plugins");
    }

    private async Task SaveAsync(IPage page, string name)
    {
        await page.EvaluateAsync(
            "root => document.querySelectorAll('.path bdi').forEach(path => path.textContent = " +
            "path.textContent.replace(root, '/home/you/src'))", Root);
        await page.ScreenshotAsync(
            new()
            {
                Path = Path.Combine(Repository.Root, "docs", "images", $"{name}.png"),
                Animations = ScreenshotAnimations.Disabled,
            });
    }
}
