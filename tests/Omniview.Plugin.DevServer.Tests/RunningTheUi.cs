using System.Net;
using System.Net.Sockets;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

/// <summary>The sample's UI with the real pnpm, Vite and TypeScript, and no browser that asks for anything.</summary>
public sealed class RunningTheUi : HostScratch
{
    private const string Configured = "export default defineConfig({\n";

    public override ValueTask InitializeAsync()
    {
        Plugins.CopySample(Project);
        Write("plugin.yaml", $"id: {Plugins.Id}\nversion: 0.1.0\ncapabilities: [ui]\n");
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("logLevel: 'warn',")]
    [InlineData("logLevel: 'silent',")]
    [InlineData(
        "customLogger: { info() {}, warn() {}, warnOnce() {}, error() {}, clearScreen() {}, "
            + "hasErrorLogged: () => false, hasWarned: false },")]
    [InlineData("plugins: [{ name: 'quiet', configureServer(server) { server.printUrls = () => {}; } }],")]
    public async Task Ready_is_what_answers_and_an_error_is_what_it_answers_whatever_it_prints(string setting)
    {
        Replace("ui/vite.config.ts", Configured, Configured + setting + "\n");
        if (setting.StartsWith("plugins", StringComparison.Ordinal))
        {
            Replace("ui/vite.config.ts", "  plugins: [react(), omniviewExternals()],\n", "");
        }

        var dev = await OpenAsync();
        await dev.ViteReadyAsync();

        Replace("ui/src/Heading.tsx", "export ", "const x = <;\nexport ");
        await dev.StateAsync(state => state is { ViteStatus: ProcessStatus.Error, ViteUrl.Length: > 0 });
        Replace("ui/src/Heading.tsx", "const x = <;\nexport ", "export ");
        await dev.StateAsync(state => state is { ViteStatus: ProcessStatus.Ready, ViteError: "" });
    }

    [Fact]
    public async Task A_file_that_can_not_be_served_is_an_error_of_the_ui_everywhere_until_it_is_mended()
    {
        var dev = await OpenAsync();
        var url = (await dev.ViteReadyAsync()).ViteUrl;

        Replace("ui/src/Heading.tsx", "export ", "const x = <;\nexport ");
        var state = await dev.StateAsync(state =>
            state.ViteStatus == ProcessStatus.Error
            && state.ViteError.Contains("Unexpected token", StringComparison.Ordinal));

        Assert.Matches(@"^ui/src/Heading\.tsx\(\d+,\d+\): Unexpected token$", state.ViteError);
        Assert.Equal((url, ProcessStatus.Error), (state.ViteUrl, state.Status));
        Assert.Contains($"error {url}", await SayAsync("ps"), StringComparison.Ordinal);
        Assert.Contains(state.ViteError, await SayAsync("status"), StringComparison.Ordinal);

        Replace("ui/src/Heading.tsx", "const x = <;\nexport ", "export ");
        await dev.StateAsync(state => state is { Status: ProcessStatus.Ready, ViteError: "" });
        Assert.Empty(dev.Errors);
        Assert.DoesNotContain(
            dev.Logs,
            entry =>
                entry is { Source: LogSource.Vite, Level: not "debug" }
                && entry.Message.StartsWith("      at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_loaded_later_and_what_it_lacks_are_errors_too()
    {
        Write("ui/src/Later.tsx", "import { missing } from './missing';\n\nexport default missing;\n");
        Replace("ui/src/App.tsx", "export ", "void import('./Later');\nexport ");
        var dev = await OpenAsync();

        var errors = await dev.ErrorsAsync(
            errors => errors.Any(error => error.Code == DiagnosticCodes.ImportNotResolved));
        // the type check may say its own of it
        var error = errors.Single(error => error.Code == DiagnosticCodes.ImportNotResolved);
        Assert.Equal((Path.Combine(Project, "ui/src/Later.tsx"), 1), (error.File, error.Line));
        await dev.StateAsync(state =>
            state.ViteStatus == ProcessStatus.Error
            && state.ViteError.StartsWith("ui/src/Later.tsx(1,", StringComparison.Ordinal));

        Write("ui/src/missing.ts", "export const missing = 1;\n");
        await dev.StateAsync(state => state is { ViteStatus: ProcessStatus.Ready, ViteError: "" });
    }

    [Theory]
    [InlineData("tsc --noEmit && vite build", "error", ProcessStatus.Error)]
    [InlineData("tsc --noEmit; vite build", "warning", ProcessStatus.Ready)]
    public async Task A_type_error_is_what_it_is_to_a_build(string script, string severity, string status)
    {
        Replace("ui/package.json", "tsc --noEmit && vite build", script);
        var dev = await OpenAsync();
        await dev.ViteReadyAsync();

        File.AppendAllText(Path.Combine(Project, "ui/src/Heading.tsx"), "export const size: number = 'big';\n");
        var problem = await dev.ErrorAsync("TS2322");
        Assert.Equal((Path.Combine(Project, "ui/src/Heading.tsx"), severity), (problem.File, problem.Severity));
        Assert.Equal(status, (await dev.Host.GetStateAsync(Plugins.Id, Cancellation)).ViteStatus);

        Replace("ui/src/Heading.tsx", "export const size: number = 'big';\n", "");
        await dev.ErrorsAsync(errors => errors.Count == 0);
    }

    [Fact]
    public async Task A_configuration_that_throws_is_told_with_its_line_and_the_old_one_goes_on()
    {
        var dev = await OpenAsync();
        var url = (await dev.ViteReadyAsync()).ViteUrl;

        Replace("ui/vite.config.ts", Configured, "throw new Error('not today');\n" + Configured);
        var problem = await dev.ErrorAsync(DiagnosticCodes.ViteBuildFailed);
        Assert.Equal((Path.Combine(Project, "ui/vite.config.ts"), "not today"), (problem.File, problem.Message));
        Assert.Contains(
            "throw",
            (await File.ReadAllLinesAsync(problem.File, Cancellation))[problem.Line - 1],
            StringComparison.Ordinal);
        Assert.Equal(url, (await dev.StateAsync(state => state.ViteStatus == ProcessStatus.Error)).ViteUrl);

        Replace("ui/vite.config.ts", "throw new Error('not today');\n", "");
        await dev.StateAsync(state => state is { ViteStatus: ProcessStatus.Ready, ViteError: "" });
    }

    [Theory]
    [InlineData("ui/vite.config.ts")]
    [InlineData("ui/omniview-externals.ts")]
    public async Task One_that_throws_at_the_start_is_told_with_its_line_and_the_next_save_starts_Vite(string file)
    {
        var good = await File.ReadAllTextAsync(Path.Combine(Project, file), Cancellation);
        Write(file, "throw new Error('not today');\n" + good);
        var dev = await OpenAsync();

        var problem = await dev.ErrorAsync(DiagnosticCodes.ViteBuildFailed);
        Assert.Equal((
            Path.Combine(Project, file), "not today", 1), (problem.File, problem.Message, problem.Line == 0 ? 0 : 1));
        await dev.LogAsync("not today"); // tries again by itself
        await dev.StateAsync(state => state.ViteStatus == ProcessStatus.Error);

        Write(file, good);
        await dev.StateAsync(state => state is { ViteStatus: ProcessStatus.Ready, ViteError: "" });
        Assert.Empty(dev.Errors);
    }

    [Fact]
    public async Task A_port_for_hot_updates_that_is_taken_is_an_error_until_it_is_free_and_somebody_asks()
    {
        using var stranger = new TcpListener(IPAddress.Loopback, 0);
        stranger.Start();
        var port = ((IPEndPoint)stranger.LocalEndpoint).Port;
        Replace(
            "ui/vite.config.ts", "  server: {\n", $"  server: {{\n    hmr: {{ host: '127.0.0.1', port: {port} }},\n");
        var dev = await OpenAsync();

        var problem = await dev.ErrorAsync(DiagnosticCodes.HmrPortTaken);
        Assert.Contains(
            $"port: {port}",
            (await File.ReadAllLinesAsync(problem.File, Cancellation))[problem.Line - 1],
            StringComparison.Ordinal);
        Assert.NotEqual("", (await dev.StateAsync(state => state.ViteStatus == ProcessStatus.Error)).ViteUrl);

        stranger.Stop();
        await dev.Host.RebuildAsync(Plugins.Id, Cancellation);
        await dev.StateAsync(state => state is { ViteStatus: ProcessStatus.Ready, ViteError: "" });
    }

    private async Task<string> SayAsync(string verb)
    {
        var shell = StartCommandLine(verb);
        await shell.ExitAsync();
        return shell.Text;
    }
}
