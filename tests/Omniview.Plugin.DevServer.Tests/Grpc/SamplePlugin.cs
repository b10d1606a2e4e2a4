using System.Threading.Channels;
using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.DevServer.Tests.Grpc;

/// <summary>
/// The backend of samples/plugin, built with the Go on PATH, and a sick twin of it; both to be started.
/// </summary>
public sealed class SamplePlugin : IAsyncLifetime
{
    private const string Methods = "\t\t\"/hello.v1.Greeter/Greet\": greet,\n";

    private readonly TempFolder _folder = new();

    public string Healthy => _folder["healthy"];

    /// <summary>
    /// Answers NOT_SERVING. Its output stream is one message, <c>last words</c> on standard error, or with
    /// <c>GARBLED</c> set one that can't be read.
    /// </summary>
    public string Sick => _folder["sick"];

    public async ValueTask InitializeAsync()
    {
        foreach (
            var file in Directory
                .EnumerateFiles(Repository.Sample, "*.go", SearchOption.AllDirectories)
                .Append(Path.Combine(Repository.Sample, "go.mod")))
        {
            _folder.Write(Path.Combine("src", Path.GetRelativePath(Repository.Sample, file)), File.ReadAllText(file));
        }

        Replace("src/pkg/goplugin/health.go", "const serving = 1", "const serving = 2");
        Replace("src/pkg/main.go", Methods, Methods + """
            "/plugin.GRPCStdio/StreamStdio": func(context.Context, []byte) ([]byte, error) {
                if os.Getenv("GARBLED") != "" {
                    return []byte{0xff}, nil
                }
                return wire.AppendString(wire.AppendVarint(nil, 1, 2), 2, "last words"), nil
            },

            """);
        Replace("src/pkg/main.go", "\t\"log\"\n", "\t\"context\"\n\t\"log\"\n\t\"os\"\n");
        Replace("src/pkg/main.go", "/pkg/rpc\"\n", "/pkg/rpc\"\n\t\"example.com/hello-omniview/pkg/wire\"\n");
        await Task.WhenAll(BuildAsync(Repository.Sample, Healthy), BuildAsync(_folder["src"], Sick));
    }

    /// <summary>Starts one of them and returns once it has said where it listens.</summary>
    internal async Task<(ManagedProcess Process, Handshake Handshake)> StartAsync(
        string program, string? network = null, params string[] variables)
    {
        var environment = new Dictionary<string, string?>
        {
            ["OMNIVIEW"] = "hello-omniview",
            ["OMNIVIEW_PLUGIN_NETWORK"] = network,
            ["PLUGIN_UNIX_SOCKET_DIR"] = _folder.Path,
            ["PLUGIN_MIN_PORT"] = null,
            ["PLUGIN_MAX_PORT"] = null,
        };
        foreach (var variable in variables)
        {
            environment[variable] = "1";
        }

        var printed = Channel.CreateUnbounded<string>();
        var process = ManagedProcess.Start(
            new ProcessSpec(program, [], _folder.Path) { Environment = environment },
            line => printed.Writer.TryWrite(line.Text));
        return (process, Handshake.Parse(await printed.Reader.ReadAsync(TestContext.Current.CancellationToken))!);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task BuildAsync(string source, string binary)
    {
        var go = new ExecutableFinder("/nowhere").Find("go")
            ?? throw new InvalidOperationException("These tests need Go on PATH: eval \"$(./build.sh env)\"");
        var printed = new List<string>(); // one line at a time: needs no lock
        var spec = new ProcessSpec(go, ["build", "-buildvcs=false", "-o", binary, "./pkg"], source);
        var exitCode = await ToolRunner.RunAsync(
            spec, line => printed.Add(line.Text), TestContext.Current.CancellationToken);
        Assert.True(exitCode == 0, string.Join('\n', printed));
    }

    private void Replace(string file, string what, string by)
    {
        var text = File.ReadAllText(_folder[file]);
        Assert.Contains(what, text);
        _folder.Write(file, text.Replace(what, by, StringComparison.Ordinal));
    }
}
