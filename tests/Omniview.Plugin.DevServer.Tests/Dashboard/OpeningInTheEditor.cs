using System.Net;
using System.Text.Json;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests.Dashboard;

public sealed class OpeningInTheEditor : HostScratch
{
    private string Opened => Path.Combine(Root, "opened");

    [Fact]
    public async Task A_file_of_the_project_whatever_its_name_reaches_the_editor_as_one_argument()
    {
        using var api = await ServeAsync();
        foreach (
            var (asked, file) in new[]
            {
                (Path.Combine(Project, "pkg/greet.go"), "pkg/greet.go"),
                ("pkg/greet.go", "pkg/greet.go"),
                ("./pkg/../pkg/greet.go", "pkg/greet.go"),
                (
                    "pkg/a $(touch hurt) `touch hurt`; touch hurt & \"b\" 'c' é.go",
                    "pkg/a $(touch hurt) `touch hurt`; touch hurt & \"b\" 'c' é.go"),
                ("-rf.go", "-rf.go"),
                ("src/App.tsx", "ui/src/App.tsx"), // as Vite prints it
                ("greet.go", "pkg/greet.go"), // as log.Lshortfile prints it
            })
        {
            Write(file, "text\n");
            File.Delete(Opened);

            var (status, _) = await OpenAsync(api, asked, 3, 7);

            Assert.Equal(HttpStatusCode.OK, status);
            await Poll.UntilAsync(() => File.Exists(Opened), "the editor was started");
            Assert.Equal(
                ["--goto", $"{Path.Combine(Project, file)}:3:7"], await File.ReadAllLinesAsync(Opened, Cancellation));
        }

        Assert.False(File.Exists(Path.Combine(Project, "hurt")));
    }

    [Fact]
    public async Task What_is_no_file_of_the_project_is_not_opened()
    {
        using var api = await ServeAsync();
        Directory.CreateDirectory(Path.Combine(Root, "outside"));
        var secret = Path.Combine(Root, "outside/secret.txt");
        await File.WriteAllTextAsync(secret, "secret", Cancellation);
        File.CreateSymbolicLink(Path.Combine(Project, "link.txt"), secret);
        Directory.CreateSymbolicLink(Path.Combine(Project, "folder"), Path.Combine(Root, "outside"));
        Directory.CreateSymbolicLink(Path.Combine(Project, "pkg/round"), Path.Combine(Project, "pkg/round"));
        Directory.CreateDirectory(Project + "-other");
        await File.WriteAllTextAsync(Project + "-other/x.go", "x", Cancellation);
        foreach (
            var file in new[]
            {
                "/etc/passwd",
                "../outside/secret.txt",
                "pkg/../../outside/secret.txt",
                secret,
                "link.txt",
                "folder/secret.txt",
                "pkg/round/x",
                Project + "-other/x.go",
                Project,
                "pkg",
                "",
                ".",
                "nothing.go",
                "//server/share/x.go",
                @"\\server\share\x.go",
                @"\\?\C:\x.go",
                @"\\.\pipe\x",
                @"\??\C:\x",
                "pkg/greet.go\0.txt",
                "pkg/greet.go\n",
                "/proc/self/environ",
                "/dev/stdin",
                "file:///etc/passwd",
                new string('a', 5000),
            })
        {
            var (status, problem) = await OpenAsync(api, file, 1, 1);

            Assert.True(status == HttpStatusCode.UnprocessableEntity, $"{status} for {file}");
            Assert.Equal("OVP3018", problem.GetProperty("error").GetProperty("code").GetString());
        }

        Assert.False(File.Exists(Opened));
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await api.SendAsync(HttpMethod.Post, $"plugins/{Plugins.Id}/open", """{"file":null}""")).Status);
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (
                await api.SendAsync(
                    HttpMethod.Post, $"plugins/{Plugins.Id}/open", """{"file":"x","line":"1; touch hurt"}""")
            ).Status);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await api.SendAsync(HttpMethod.Post, "plugins/nobody/open", """{"file":"x"}""")).Status);
    }

    [Fact]
    public async Task An_editor_that_fails_or_is_not_there_is_told()
    {
        using var api = await ServeAsync($"'{FakeTool("broken", "exit 3\n")}'");
        var (status, problem) = await OpenAsync(api, "pkg/greet.go", 1, 1);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal("OVP3019", problem.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("exit code 3", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pkg/x.go", true)]
    [InlineData(@"C:\p\x.go", true)]
    [InlineData(@"C:\p\x.go::$DATA", false)]
    [InlineData("x.go:stream", false)]
    [InlineData("NUL", false)]
    [InlineData("pkg/con.txt", false)]
    [InlineData("COM1.go", false)]
    [InlineData("LPT¹", false)]
    [InlineData("console.go", true)]
    public void Windows_devices_and_streams_are_no_files(string path, bool plain) =>
        Assert.Equal(plain, Board.SafePath.HasNoDeviceOrStream(path));

    private async Task<RawApi> ServeAsync(string? editor = null)
    {
        Plugins.CopyBackend(Project);
        editor ??=
            $"'{FakeTool("an editor", $"printf '%s\\n' \"$@\" > '{Opened}.new'; mv '{Opened}.new' '{Opened}'\n")}' " +
            $"--goto {{file}}:{{line}}:{{column}}";
        var dev = await OpenAsync(Settings(Project) with { Editor = editor });
        await dev.ReadyAsync(1);
        return new RawApi(dev.Host.Record);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> OpenAsync(
        RawApi api, string file, int line, int column) =>
        await api.SendAsync(
            HttpMethod.Post, $"plugins/{Plugins.Id}/open", JsonSerializer.Serialize(new { file, line, column }));
}
