using System.Net;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Desktop;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Wire;
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
        Environment["PATH"] = SearchPathWith(
            FakeTool("xdg-open", $"printf %s \"$*\" > '{Opened}.new'; mv '{Opened}.new' '{Opened}'\n"));
        var settings = Path.Combine(Root, "dev.json");
        new DevSettingsFile(State, Settings(Project) with { OpenDashboard = opens }).Write(settings);
        var loop = StartCommandLine("--settings", settings);
        await loop.WaitForAsync("ready in ");
        var printed = Regex
            .Match(loop.Text, "^  Dashboard  (http://127\\.0\\.0\\.1:[0-9]+/#t=[0-9a-f]{64}) ", RegexOptions.Multiline)
            .Groups[1]
            .Value;

        if (opens == true)
        {
            await Poll.UntilAsync(() => File.Exists(Opened), "the browser was started");
            Assert.Equal(
                HttpStatusCode.OK, await FollowAsync(LinkIn(await File.ReadAllTextAsync(Opened, Cancellation))));
        }

        Assert.Equal(opens == true, File.Exists(Opened));
        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.Unauthorized], [await FollowAsync(printed), await FollowAsync(printed)]);
        loop.Signal(PosixSignal.SIGTERM);
        Assert.Equal(0, await loop.ExitAsync());
    }

    [Theory]
    [InlineData(null, true, true)]
    [InlineData(null, false, false)]
    [InlineData(true, false, true)]
    [InlineData(false, true, false)]
    public void Unless_it_is_told_it_opens_one_for_somebody_at_a_terminal(bool? told, bool atTerminal, bool opens) =>
        Assert.Equal(
            opens && (told is not null || System.Environment.GetEnvironmentVariable("CI") is null or "" or "false"),
            new DevSettings { ProjectDirectory = "/p", OpenDashboard = told }.OpensDashboard(atTerminal));

    [Fact]
    public async Task What_the_browser_is_started_with_says_nothing_and_is_gone_when_the_link_is_used()
    {
        var host = await HostAsync();
        var going = Path.Combine(Root, "going");
        var path = SearchPathWith(FakeTool(
            "xdg-open",
            $"printf %s \"$1\" > '{Opened}.new'; mv '{Opened}.new' '{Opened}'; "
                + $"while [ ! -e '{going}' ]; do sleep 0.05; done\n"));
        Environment["PATH"] = path;
        Plugins.WriteUi(Project, FakeVite.Good);
        await OpenAsync(
            Settings(Project) with { Ui = OwnPorts with { PackageManagerPath = FakeTool("pnpm", "exit 0\n") } });
        var verb = StartCommandLine("open", "--dashboard", "--json");
        await Poll.UntilAsync(() => File.Exists(Opened), "the browser was started");

        var file = await File.ReadAllTextAsync(Opened, Cancellation);
        var link = LinkIn(file);
        Assert.Equal(HostFiles.Links, Path.GetDirectoryName(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(HostFiles.Links));
        Assert.EndsWith($"&plugin={Plugins.Id}", link, StringComparison.Ordinal);
        // others see this
        Assert.Contains(Processes(file), process => process.Contains("xdg-open", StringComparison.Ordinal));
        Assert.DoesNotContain(Processes(""), process => process.Contains(TokenIn(link), StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, await FollowAsync(link));
        Assert.False(File.Exists(file));
        await File.WriteAllTextAsync(going, "", Cancellation);
        Assert.True(await verb.ExitAsync() == 0, verb.Text);
        Assert.Equal(HttpStatusCode.Unauthorized, await FollowAsync(link));
        Assert.Equal(host.Record.Port, new Uri(link).Port);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_link_nobody_has_followed_goes_with_the_host_however_that_ends(bool killed)
    {
        var host = await HostAsync();
        var link = await host.CreateDashboardLinkAsync(Cancellation);
        var another = Path.Combine(HostFiles.Links, "of-the-user.html");
        await File.WriteAllTextAsync(another, "", Cancellation);
        Assert.True(File.Exists(link.File));

        (killed ? (Action<int>)Kill : Terminate)(host.Record.Pid);

        await Poll.UntilAsync(() => !File.Exists(link.File), "the link's file is gone");
        Assert.True(File.Exists(another));
        File.Delete(another);
        await HostAsync(); // clears away what is left of the one that was killed
    }

    [Fact]
    public async Task Where_no_file_can_be_written_the_link_is_told_and_nothing_is_opened()
    {
        var host = await HostAsync();
        var elsewhere = Directory.CreateDirectory(Path.Combine(Root, "elsewhere")).FullName;
        Directory.CreateSymbolicLink(HostFiles.Links, elsewhere);

        var link = await host.CreateDashboardLinkAsync(Cancellation);
        var refused = await Assert.ThrowsAsync<DiagnosticException>(
            () => Browser.OpenByFileAsync(link.File, link.Url, Cancellation));

        Assert.Equal(("", DiagnosticCodes.NothingToOpen), (link.File, refused.Diagnostic.Code));
        Assert.Contains(link.Url, refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(elsewhere));
        File.Delete(HostFiles.Links);
    }

    private static string LinkIn(string file) =>
        WebUtility.HtmlDecode(Regex.Match(File.ReadAllText(file), "url=([^\"]+)").Groups[1].Value);

    private static string TokenIn(string link) => Regex.Match(link, "t=([0-9a-f]{64})").Groups[1].Value;

    /// <summary>As the page behind the link does.</summary>
    private static async Task<HttpStatusCode> FollowAsync(string link)
    {
        using var browser = new HttpClient();
        using var answer = await browser.PostAsJsonAsync(new Uri(
            new Uri(link), "/api/v1/dashboard/logins"), new { token = TokenIn(link) }, Cancellation);
        return answer.StatusCode;
    }
}
