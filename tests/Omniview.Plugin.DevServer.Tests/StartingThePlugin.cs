using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class StartingThePlugin : HostScratch
{
    public override ValueTask InitializeAsync()
    {
        Plugins.CopyBackend(Project);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task It_gets_the_environment_of_go_plugin_and_omniview_and_nothing_of_the_hosts_own()
    {
        Write("pkg/environment.go", Programs.PrintsEnvironment);
        var dev = await OpenAsync(
            Settings(Project) with
            {
                Go = new()
                {
                    Environment = new Dictionary<string, string> { ["OF_THE_AUTHOR"] = "1", ["OMNIVIEW"] = "not this" },
                },
            });
        await dev.ReadyAsync(1);

        var variables = dev
            .Logs.Where(entry =>
                entry.Source == LogSource.Plugin && entry.Message.StartsWith("variable ", StringComparison.Ordinal))
            .Select(entry => entry.Message["variable ".Length..].Split('=', 2))
            .ToDictionary(parts => parts[0], parts => parts[1]);
        Assert.Equal(Plugins.Id, variables["OMNIVIEW"]);
        Assert.DoesNotContain("OMNIVIEW_DEV", variables.Keys);
        Assert.Equal(State, variables["OMNIVIEW_STATE_DIR"]);
        Assert.Equal("1", variables["PLUGIN_PROTOCOL_VERSIONS"]);
        Assert.InRange(
            int.Parse(variables["PLUGIN_MAX_PORT"], null), int.Parse(variables["PLUGIN_MIN_PORT"], null), 65535);
        Assert.Equal("1", variables["OF_THE_AUTHOR"]);
        Assert.DoesNotContain("OMNIVIEW_VITE_PORT", variables.Keys);
        Assert.DoesNotContain("PLUGIN_CLIENT_CERT", variables.Keys);
        Assert.DoesNotContain(
            variables.Keys,
            name =>
                name.StartsWith("ASPNETCORE_", StringComparison.Ordinal)
                || name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task It_may_listen_on_a_socket_or_a_port_and_say_so_in_five_to_seven_fields()
    {
        var dev = await OpenAsync();
        await dev.ReadyAsync(1);
        Assert.StartsWith("/", DevInfoFile.Read(DevInfo)!.Addr, StringComparison.Ordinal);

        Replace("pkg/goplugin/listen.go", "os.Getenv(\"OMNIVIEW_PLUGIN_NETWORK\") == \"tcp\"", "true");
        await dev.ReadyAsync(2);
        Assert.StartsWith("127.0.0.1:", DevInfoFile.Read(DevInfo)!.Addr, StringComparison.Ordinal);

        Replace("pkg/goplugin/serve.go", Programs.PrintsHandshake, "fmt.Printf(\"1|1|%s|%s|grpc\\n\"");
        await dev.ReadyAsync(3);
        Replace("pkg/goplugin/serve.go", "|grpc\\n\"", "|grpc||true\\n\"");
        await dev.ReadyAsync(4);
        Assert.True(await OmniviewApp.IsServingAsync(DevInfo));
    }

    [Fact]
    public async Task It_may_chatter_before_its_handshake()
    {
        Replace("pkg/goplugin/serve.go", Programs.PrintsHandshake, """
            fmt.Println("2026/11/20 - 10:00:00 | 200 | 1.2ms | 127.0.0.1 | GET /")
            fmt.Println("1|2|3")
            fmt.Println("1|2|x|y|z")
            fmt.Println("1|1|tcp|127.0.0.1:80|established")
            fmt.Println("|||||")
            fmt.Println()
            fmt.Println("1 | one | two | three | four")
            fmt.Println(string(make([]byte, 200_000)))
            fmt.Fprintln(os.Stderr, "1|1|unix|/nowhere|grpc|")
            
            """ + Programs.PrintsHandshake);
        var dev = await OpenAsync();
        await dev.ReadyAsync(1);

        Assert.Equal("Hello, Ada!", await GreetAsync());
        Assert.Contains(
            dev.Logs,
            entry =>
                entry.Source == LogSource.Plugin
                && entry.Message.Contains("127.0.0.1 | GET /", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_it_prints_reaches_the_log()
    {
        Write(
            "pkg/greeting.go", "package main\n\nvar greeting = \"Hello\"\n\nfunc init() { println(\"to stderr\"); " +
            "println(\"\\x1b[31mred\\x1b[0m ünïcödé\") }\n");
        var dev = await OpenAsync();
        await dev.ReadyAsync(1);

        await GreetAsync();
        var line = await dev.LogAsync("greeting \"Ada\"");

        Assert.Equal((LogSource.Plugin, 1), (line.Source, line.Generation));
        Assert.Contains(dev.Logs, entry => entry.Message == "\e[31mred\e[0m ünïcödé");
    }

    [Fact]
    public async Task One_without_a_health_service_is_connected_because_its_address_is_there_and_the_state_says_so()
    {
        Replace("pkg/goplugin/serve.go", "\"/grpc.health.v1.Health/Check\"", "\"/no.such.Service/Check\"");
        var dev = await OpenAsync();

        var ready = await dev.ReadyAsync(1);

        Assert.Equal("not offered", ready.PluginHealth);
        Assert.Equal("Hello, Ada!", await GreetAsync());
    }

    [Fact]
    public async Task One_that_hangs_is_not_connected_until_it_goes_on()
    {
        var dev = await OpenAsync();
        var ready = await dev.ReadyAsync(1);
        Assert.Equal("serving", ready.PluginHealth);

        await StopAsync(ready.PluginPid);
        var silent = await dev.StateAsync(state => !state.GrpcConnected);
        Continue(ready.PluginPid);
        var again = await dev.StateAsync(state => state.GrpcConnected);

        Assert.Equal(("silent", ready.PluginPid), (silent.PluginHealth, silent.PluginPid));
        Assert.Equal(("serving", ready.PluginPid, 1), (again.PluginHealth, again.PluginPid, again.Generation));
    }

    [Fact]
    public async Task Its_socket_lies_in_a_folder_of_ours_that_goes_with_it()
    {
        // a plugin that does not clean up
        Replace("pkg/goplugin/listen.go", "errors.Join(s.Listener.Close(), os.RemoveAll(s.dir))", "s.Listener.Close()");
        var dev = await OpenAsync();
        await dev.ReadyAsync(1);
        var first = Path.GetDirectoryName(Path.GetDirectoryName(DevInfoFile.Read(DevInfo)!.Addr))!;
        Assert.Equal(HostFiles.Sockets, Path.GetDirectoryName(first));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(first));

        Replace("pkg/greeting.go", "\"Hello\"", "\"Next\"");
        await dev.ReadyAsync(2);
        await Poll.UntilAsync(() => !Directory.Exists(first), "the old plugin's folder is gone");

        Kill(dev.Host.Record.Pid);
        await Poll.UntilAsync(() => Processes("").Count == 0, "everything has died with it");
        Assert.NotEmpty(Directory.EnumerateDirectories(HostFiles.Sockets));
        var other = await OpenAsync();
        await other.ReadyAsync(1);
        // the next host has cleared away what was left
        Assert.Single(Directory.EnumerateDirectories(HostFiles.Sockets));
    }
}
