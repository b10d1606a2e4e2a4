using System.Net;
using System.Net.Sockets;
using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Cli;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class UsingTheVerbs : VerbScratch
{
    [Fact]
    public async Task None_starts_a_dev_host_to_say_that_there_is_none()
    {
        var asked = new[] { "status", "errors", "logs", "rebuild", "restart", "stop", "open" }.Select(
            verb => AskAsync(verb, "--json")).ToList();
        var listed = await AskAsync("ps", "--json");

        foreach (var (exitCode, output) in await Task.WhenAll(asked))
        {
            var failure = CliSchema.Check("failure", output);
            Assert.Equal(
                (3, 3, DiagnosticCodes.PluginNotServed),
                (
                    exitCode,
                    failure.GetProperty("exitCode").GetInt32(),
                    failure.GetProperty("error").GetProperty("code").GetString()));
        }

        Assert.Equal((0, """{"host":null,"plugins":[]}"""), listed);
        Assert.False(Directory.Exists(State), "a state directory was made");
    }

    [Theory]
    [InlineData("ps --dir .")]
    [InlineData("completion bash --json")]
    [InlineData("--no-vite status")]
    [InlineData("status Not/An/Id")]
    [InlineData("status one --dir .")]
    [InlineData("logs --level loud")]
    [InlineData("logs --source nobody")]
    [InlineData("logs --grep (")]
    [InlineData("logs -n -1")]
    [InlineData("install")]
    public void A_command_line_that_makes_no_sense_is_refused(string line) =>
        Assert.NotEmpty(DevCommand.Create().Parse(line).Errors);

    [Fact]
    public async Task One_that_is_refused_ends_with_2_and_leaves_standard_output_empty()
    {
        Assert.Contains(
            "Unrecognized command or argument 'nonsense'.",
            (await AskAsync("nonsense")).Output,
            StringComparison.Ordinal);

        var withoutErrors = StartCommandLineWith(["sh", "-c", "\"$@\" 2> /dev/null", "sh"], "nonsense");
        Assert.Equal((2, ""), (await withoutErrors.ExitAsync(), withoutErrors.Text));
    }

    [Fact]
    public async Task All_of_them_answer_about_a_plugin_that_is_served()
    {
        Plugins.WriteBackendAndUi(Project, FakeVite.Good);
        var dev = await OpenAsync(
            Settings(Project) with { Ui = OwnPorts with { PackageManagerPath = FakeTool("pnpm", "exit 0\n") } });
        var ready = await dev.StateAsync(state => state.Status == ProcessStatus.Ready);
        var opened = Path.Combine(Root, "opened");
        Environment["PATH"] = SearchPathWith(FakeTool("xdg-open", $"printf %s \"$*\" > '{opened}'\n"));

        var ps = await JsonAsync(0, "ps");
        Assert.Equal(dev.Host.Record.Pid, ps.GetProperty("host").GetProperty("pid").GetInt32());
        Assert.Equal(
            Plugins.Id, Assert.Single(ps.GetProperty("plugins").EnumerateArray()).GetProperty("pluginID").GetString());
        var table = (await AskAsync("ps")).Output;
        Assert.Contains($"{Plugins.Id}  ready   managed  1", table, StringComparison.Ordinal);
        Assert.EndsWith(Project, table.TrimEnd(), StringComparison.Ordinal);

        var status = await JsonAsync(0, "status");
        Assert.Equal(
            ("ready", "ready"),
            (
                status.GetProperty("plugin").GetProperty("status").GetString(),
                status.GetProperty("lastBuild").GetProperty("result").GetString()));
        Assert.Contains(
            $"PID {ready.PluginPid}, health: serving",
            (await AskAsync("status", Plugins.Id)).Output,
            StringComparison.Ordinal);

        Assert.Equal(ready.ViteUrl, (await JsonAsync(0, "open", Plugins.Id)).GetProperty("url").GetString());
        Assert.Equal(ready.ViteUrl, await File.ReadAllTextAsync(opened, Cancellation));
        var dashboard = (await JsonAsync(0, "open", "--dashboard", Plugins.Id)).GetProperty("url").GetString();
        Assert.Matches($"^http://127.0.0.1:{dev.Host.Record.Port}/#t=[0-9a-f]{{64}}&plugin={Plugins.Id}$", dashboard);
        // a file that leads there
        Assert.Equal(HostFiles.Links, Path.GetDirectoryName(await File.ReadAllTextAsync(opened, Cancellation)));
        Assert.Equal((0, "problems: none"), await AskAsync("errors", "--dir", Project));

        Replace("pkg/greeting.go", "\"Hello\"", "\"Hello");
        Assert.Equal(
            "failed", (await JsonAsync(1, "rebuild")).GetProperty("lastBuild").GetProperty("result").GetString());
        var errors = await JsonAsync(1, "errors");
        Assert.Equal(
            Path.Combine(Project, "pkg/greeting.go"), errors.GetProperty("errors")[0].GetProperty("file").GetString());
        Assert.True((await JsonAsync(1, "status")).GetProperty("plugin").GetProperty("stale").GetBoolean());

        Replace("pkg/greeting.go", "\"Hello", "\"Ahoy\"");
        var (exitCode, said) = await AskAsync("rebuild");
        Assert.Equal(0, exitCode);
        Assert.Contains(", generation 2", said, StringComparison.Ordinal);
        Assert.Equal("Ahoy, Ada!", await GreetAsync());

        var restarted = await JsonAsync(0, "restart");
        Assert.NotEqual(ready.PluginPid, restarted.GetProperty("plugin").GetProperty("pluginPid").GetInt32());
        Assert.Equal(1, (await AskAsync("install", Archive(Plugins.Id))).ExitCode); // not over what is served

        Assert.True((await JsonAsync(0, "stop")).GetProperty("hostEnded").GetBoolean());
        Assert.Empty(Processes("vite.js"));
        Assert.Equal(3, (await AskAsync("status")).ExitCode);
    }

    [Fact]
    public async Task The_plugin_of_the_folder_is_meant_or_the_only_one_or_the_one_that_is_named()
    {
        await KeepHostAsync();
        // the only one
        Assert.Contains("keeps-the-host: ", (await AskAsync("status")).Output, StringComparison.Ordinal);

        Plugins.WriteUi(Project, FakeVite.Good);
        Assert.Equal(3, (await AskAsync("status")).ExitCode); // this one, which is not served
        Assert.Equal(3, (await AskAsync("status", "nobody")).ExitCode);
        Assert.Equal(0, (await AskAsync("status", "keeps-the-host")).ExitCode);

        var dev = await OpenAsync(
            Settings(Project) with { Ui = OwnPorts with { PackageManagerPath = FakeTool("pnpm", "exit 0\n") } });
        await dev.ViteReadyAsync();
        Assert.Contains($"{Plugins.Id}: ", (await AskAsync("status")).Output, StringComparison.Ordinal);
        File.Delete(Path.Combine(Project, "plugin.yaml"));
        var elsewhere = StartCommandLineWith(["env", "-C", Temp], "status");
        Assert.Equal(2, await elsewhere.ExitAsync());
        Assert.Contains(DiagnosticCodes.PluginAmbiguous, elsewhere.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_somebody_else_runs_is_listed_and_left_alone()
    {
        await KeepHostAsync();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        new DevInfoFile(System.Environment.ProcessId, "grpc", 1, listener.LocalEndpoint.ToString()!)
            .Write(Path.Combine(State, "plugins", "theirs", ".devinfo"));
        await Poll.UntilAsync(
            async () => (await AskAsync("ps")).Output.Contains("theirs", StringComparison.Ordinal), "it is listed");

        var (exitCode, output) = await AskAsync("stop", "theirs");

        Assert.Equal(3, exitCode);
        Assert.Contains(
            $"was started by someone else (PID {System.Environment.ProcessId})", output, StringComparison.Ordinal);
        File.Delete(Path.Combine(State, "plugins", "theirs", ".devinfo"));
    }

    [Fact]
    public async Task The_dashboard_of_several_plugins_needs_no_plugin_to_be_named()
    {
        Plugins.WriteUi(Project, FakeVite.Good);
        await KeepHostAsync();
        await OpenAsync(
            Settings(Project) with { Ui = OwnPorts with { PackageManagerPath = FakeTool("pnpm", "exit 0\n") } });
        Environment["PATH"] = SearchPathWith(FakeTool("xdg-open", "exit 0\n"));

        var elsewhere = StartCommandLineWith(["env", "-C", Temp], "open", "--dashboard", "--json");
        Assert.Equal(0, await elsewhere.ExitAsync());

        var answer = CliSchema.Check("open", elsewhere.Text);
        Assert.Equal("", answer.GetProperty("pluginID").GetString());
        // of this folder
        Assert.Equal(Plugins.Id, (await JsonAsync(0, "open", "--dashboard")).GetProperty("pluginID").GetString());
        Assert.Equal(3, (await AskAsync("open", "--dashboard", "nobody")).ExitCode);
    }

    [Fact]
    public async Task Bash_completes_verbs_options_values_and_plugins()
    {
        await KeepHostAsync();
        var program = FakeTool("omniview-plugin-dev", $"exec dotnet '{PackedDevHost.Program}' \"$@\"\n");
        var script = Plugins.Write(Root, "complete.sh", """
            source <("$1" completion bash)
            complete -p omniview-plugin-dev >/dev/null || exit
            for typed in 're' 'logs --source v' 'status ' 'logs --f' 'completion '; do
              COMP_LINE="$1 $typed" COMP_WORDS=("$1" $typed)
              [[ $typed != *' ' ]] || COMP_WORDS+=('')
              COMP_POINT=${#COMP_LINE} COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
              _omniview_plugin_dev "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
              printf '%s\n' "${COMPREPLY[@]}" | sort | paste -sd ' '
            done
            """);

        var bash = Start("bash", script, program);

        Assert.Equal(0, await bash.ExitAsync());
        Assert.Equal(["rebuild restart", "vite", "keeps-the-host", "--follow", "bash fish pwsh zsh"], bash.Lines);
    }

    [Fact]
    public async Task The_doctor_says_what_needs_a_cure_and_ends_with_1_for_it()
    {
        Plugins.WriteUi(Project, FakeVite.Good);
        Write("ui/vite.config.js", "export default {\n  server: { host: true },\n};\n");

        var answer = await JsonAsync(1, "doctor");

        var finding = Assert.Single(
            answer.GetProperty("findings").EnumerateArray(),
            finding => finding.GetProperty("code").GetString() == DiagnosticCodes.ViteSettingDangerous);
        Assert.Equal(
            (Path.Combine(Project, "ui/vite.config.js"), 2, 13, "warning"),
            (
                finding.GetProperty("file").GetString(),
                finding.GetProperty("line").GetInt32(),
                finding.GetProperty("column").GetInt32(),
                finding.GetProperty("severity").GetString()));
        Assert.Contains(
            "    cure: Write host: '127.0.0.1'.",
            (await AskAsync("doctor", "--dir", Project)).Output,
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(State));

        Write("ui/vite.config.js", "export default {};\n");
        var (exitCode, output) = await AskAsync("doctor");
        // the machine's own limits may be low
        Assert.Equal(output.Contains(" OVP", StringComparison.Ordinal) ? 1 : 0, exitCode);
        Assert.DoesNotContain(DiagnosticCodes.ViteSettingDangerous, output, StringComparison.Ordinal);
    }
}
