using System.Net;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Hosting;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests.Dashboard;

public sealed class OpeningTheDashboard : HostScratch
{
    private string Opened => Path.Combine(Root, "opened");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [InlineData(null)] // nobody is at a terminal here
    public async Task The_loop_prints_a_link_and_opens_one_when_it_is_told_to(bool? opens)
    {
        Plugins.CopyBackend(Project);
        Environment["PATH"] = $"{Path.GetDirectoryName(FakeTool("xdg-open", $"printf %s \"$*\" > '{Opened}.new'; mv '{Opened}.new' '{Opened}'\n"))}:{System.Environment.GetEnvironmentVariable("PATH")}";
        var settings = Path.Combine(Root, "dev.json");
        new DevSettingsFile(State, Settings(Project) with { OpenDashboard = opens }).Write(settings);
        var loop = StartCommandLine("--settings", settings);
        await loop.WaitForAsync("ready in ");
        var printed = Regex.Match(loop.Text, "^  Dashboard  (http://127\\.0\\.0\\.1:[0-9]+/\\?t=[0-9a-f]{64}) ", RegexOptions.Multiline).Groups[1].Value;

        if (opens == true)
        {
            await Poll.UntilAsync(() => File.Exists(Opened), "the browser was started");
            Assert.Equal(HttpStatusCode.SeeOther, await FollowAsync(await File.ReadAllTextAsync(Opened, Cancellation)));
        }

        Assert.Equal(opens == true, File.Exists(Opened));
        Assert.Equal([HttpStatusCode.SeeOther, HttpStatusCode.Unauthorized], [await FollowAsync(printed), await FollowAsync(printed)]);
        loop.Signal(PosixSignal.SIGTERM);
        Assert.Equal(0, await loop.ExitAsync());
    }

    [Theory]
    [InlineData(null, true, true)]
    [InlineData(null, false, false)]
    [InlineData(true, false, true)]
    [InlineData(false, true, false)]
    public void Unless_it_is_told_it_opens_one_for_somebody_at_a_terminal(bool? told, bool atTerminal, bool opens) =>
        Assert.Equal(opens && (told is not null || System.Environment.GetEnvironmentVariable("CI") is null or "" or "false"), new DevSettings { ProjectDirectory = "/p", OpenDashboard = told }.OpensDashboard(atTerminal));

    private static async Task<HttpStatusCode> FollowAsync(string link)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await browser.GetAsync(new Uri(link), Cancellation);
        return answer.StatusCode;
    }
}
