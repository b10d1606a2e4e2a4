using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Tests;
using Omniview.Plugin.Core.Tests.Processes;

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
                .EnumerateFiles(Source, "*.go", SearchOption.AllDirectories)
                .Append(Path.Combine(Source, "go.mod")))
        {
            _folder.Write(Path.Combine("src", Path.GetRelativePath(Source, file)), File.ReadAllText(file));
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
        await Task.WhenAll(BuildAsync(Source, Healthy), BuildAsync(_folder["src"], Sick));
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

        var output = new Output();
        var process = ManagedProcess.Start(
            new ProcessSpec(program, [], _folder.Path) { Environment = environment }, output.Add);
        return (process, Handshake.Parse(await output.NextAsync())!);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Source { get; } = FindSource();

    private static async Task BuildAsync(string source, string binary)
    {
        var go = new ExecutableFinder("/nowhere").Find("go")
            ?? throw new InvalidOperationException("These tests need Go on PATH: eval \"$(./build.sh env)\"");
        var output = new Output();
        var spec = new ProcessSpec(go, ["build", "-buildvcs=false", "-o", binary, "./pkg"], source);
        var exitCode = await ToolRunner.RunAsync(spec, output.Add, TestContext.Current.CancellationToken);
        Assert.True(exitCode == 0, string.Join('\n', output.Texts));
    }

    private static string FindSource()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, "samples", "plugin")))
            {
                return Path.Combine(folder.FullName, "samples", "plugin");
            }
        }

        throw new InvalidOperationException($"There is no samples/plugin above {AppContext.BaseDirectory}.");
    }

    private void Replace(string file, string what, string by)
    {
        var text = File.ReadAllText(_folder[file]);
        Assert.Contains(what, text);
        _folder.Write(file, text.Replace(what, by, StringComparison.Ordinal));
    }
}
