using System.Net;
using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

/// <summary>The repository's sample with the real Go, pnpm and Vite.</summary>
public sealed class RunningTheSample : HostScratch
{
    public override ValueTask InitializeAsync()
    {
        Plugins.CopySample(Project);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Backend_and_ui_come_up_are_swapped_and_updated_and_go()
    {
        var dev = await OpenAsync();
        var ready = await dev.StateAsync(state => state.Status == ProcessStatus.Ready);
        using var http = new HttpClient { BaseAddress = new Uri(ready.ViteUrl) };
        Assert.Contains(
            "Hello from Omniview",
            await http.GetStringAsync("src/Heading.tsx", Cancellation),
            StringComparison.Ordinal);
        Assert.Equal("Hello, Ada!", await GreetAsync());
        Assert.Equal(ready.VitePort, DevInfoFile.Read(DevInfo)!.VitePort);
        var vite = Assert.Single(Processes("vite.js"));

        Replace("pkg/greeting.go", "\"Hello\"", "\"Ahoy\"");
        await dev.ReadyAsync(2);

        Assert.Equal("Ahoy, Ada!", await GreetAsync());
        Assert.Equal([vite], Processes("vite.js"));
        await dev.Session.EndAsync();
        await AssertNothingIsLeftAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("", Cancellation));
    }

    [Fact]
    public async Task A_file_of_the_ui_that_is_broken_is_a_problem_until_it_is_mended()
    {
        Write("plugin.yaml", $"id: {Plugins.Id}\nversion: 0.1.0\ncapabilities: [ui]\n");
        var dev = await OpenAsync();
        using var http = new HttpClient { BaseAddress = new Uri((await dev.ViteReadyAsync()).ViteUrl) };
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("src/Heading.tsx", Cancellation)).StatusCode);

        Replace("ui/src/Heading.tsx", "export ", "const x = <;\nexport ");
        await dev.LogAsync("src/Heading.tsx");
        Assert.Equal(
            HttpStatusCode.InternalServerError, (await http.GetAsync("src/Heading.tsx", Cancellation)).StatusCode);
        var problem = await dev.ErrorAsync("OVP5002");
        Assert.Equal((
            Path.Combine(Project, "ui/src/Heading.tsx"), "Unexpected token"), (problem.File, problem.Message));
        Assert.Contains(
            "const x = <;",
            (await File.ReadAllLinesAsync(problem.File, Cancellation))[problem.Line - 1],
            StringComparison.Ordinal);

        Replace("ui/src/Heading.tsx", "const x = <;\nexport ", "export ");
        await dev.ErrorsAsync(errors => errors.Count == 0);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("src/Heading.tsx", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Vite_is_ready_under_whatever_base_and_under_the_ports_it_is_given()
    {
        Write("plugin.yaml", $"id: {Plugins.Id}\nversion: 0.1.0\ncapabilities: [ui]\n");
        Replace("ui/vite.config.ts", "  server: {", "  base: '/somewhere/else/',\n  server: {");
        var dev = await OpenAsync(
            Settings(Project) with { Ui = OwnPorts with { ReadyTimeoutSeconds = (int)Limits.Wait.TotalSeconds } });

        var ready = await dev.ViteReadyAsync();

        Assert.InRange(ready.VitePort, OwnPorts.PortStart, OwnPorts.PortEnd);
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri($"{ready.ViteUrl}/somewhere/else/src/entry.ts"), Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Nothing_of_it_outlives_the_sudden_death_of_the_command_line()
    {
        var commandLine = StartCommandLine("--dir", Project);
        await commandLine.WaitForAsync(text =>
            text.Contains("ready in ", StringComparison.Ordinal) && text.Contains("UI   http", StringComparison.Ordinal)
        );
        Assert.NotEmpty(Processes("vite.js"));
        Assert.NotEmpty(RunningPlugins());

        commandLine.Kill();

        await AssertNothingIsLeftAsync();
    }
}
