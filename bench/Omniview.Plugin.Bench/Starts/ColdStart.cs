using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Omniview.Plugin.Bench.Measuring;
using Omniview.Plugin.Bench.Saves;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Bench.Starts;

/// <summary>The first thing an author types in a fresh clone, until plugin and UI are up.</summary>
internal sealed partial class ColdStart : IScenario
{
    private const int MostRounds = 5;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);
    private static int _copies;

    public string Name => "cold-start";

    public string About =>
        "The sample plugin with its UI in a fresh folder: nothing restored, no node_modules (pnpm's store has the " +
        "packages), an empty Go build cache. Ours: `dotnet build -t:Dev`, until plugin and UI are ready. "
        + "Upstream's steps (stand-in), one after the other as it takes them: `pnpm install`, Vite until its " +
            "banner, `go build`, start until the handshake. "
        + "Once more with everything in place, as on any other morning.";

    public async Task<IReadOnlyList<Comparison>> MeasureAsync(
        World world, Runner runner, CancellationToken cancellation)
    {
        await File.WriteAllTextAsync(Path.Combine(world.Root, "nuget.config"), $"""
            <configuration>
              <packageSources><clear /><add key="packed" value="{Repository.Packages}" /></packageSources>
            </configuration>
            """, cancellation);
        var few = runner.AtMost(MostRounds);
        var (ours, upstream) = (world.Folder("warm-ours"), world.Folder("warm-upstream"));
        await OursAsync(Copy(ours), cancellation);
        await UpstreamAsync(Copy(upstream), cancellation);
        return
        [
            .. await few.AlternateAsync(
                [
                    new Contender(
                        "dotnet build -t:Dev (ours)",
                        async cancel =>
                            [Reading.Milliseconds("first start → ready", await OursAsync(Fresh(world), cancel))]),
                    new Contender(
                        "upstream's steps (stand-in)",
                        async cancel =>
                            [Reading.Milliseconds("first start → ready", await UpstreamAsync(Fresh(world), cancel))]),
                ],
                cancellation),
            .. await few.AlternateAsync(
                [
                    new Contender(
                        "dotnet build -t:Dev (ours)",
                        async cancel => [Reading.Milliseconds("later start → ready", await OursAsync(ours, cancel))]),
                    new Contender(
                        "upstream's steps (stand-in)",
                        async cancel =>
                            [Reading.Milliseconds("later start → ready", await UpstreamAsync(upstream, cancel))]),
                ],
                cancellation),
        ];
    }

    private static string Fresh(World world) =>
        Copy(world.Folder(string.Create(CultureInfo.InvariantCulture, $"cold-{++_copies}")));

    private static string Copy(string folder)
    {
        PluginProject.CopySample(folder, withUi: true);
        return folder;
    }

    private static async Task<TimeSpan> OursAsync(string folder, CancellationToken cancellation)
    {
        var output = new Output(text => PluginReady().IsMatch(text) && UiReady().IsMatch(text));
        var clock = Stopwatch.StartNew();
        await using var dev = Start(Command.Find("dotnet"), ["build", "-t:Dev", "-tl:off", "-nologo"], folder, output);
        await output.SeenAsync(dev, cancellation);
        var time = clock.Elapsed;
        await dev.StopAsync(Grace);
        return time;
    }

    private static async Task<TimeSpan> UpstreamAsync(string folder, CancellationToken cancellation)
    {
        var ui = Path.Combine(folder, "ui");
        var binary = Path.Combine(folder, "build", "bin", "plugin");
        var banner = new Output(text => Banner().IsMatch(text));
        var clock = Stopwatch.StartNew();
        if (!Directory.Exists(Path.Combine(ui, "node_modules")))
        {
            await InstallAsync(ui, cancellation);
        }

        await using var vite = Start(
            Command.Find("pnpm"),
            ["exec", "vite", "--host", "127.0.0.1", "--port", "15300", "--strictPort"],
            ui,
            banner);
        await banner.SeenAsync(vite, cancellation);
        var spec = new ProcessSpec(Command.Find("go"), ["build", "-o", binary, "./pkg"], folder)
        {
            Environment = EnvironmentOf(folder),
        };
        if (await ToolRunner.RunAsync(spec, _ => { }, cancellation) != 0)
        {
            throw new BenchException($"{spec} failed.");
        }

        await using var running = await RunningPlugin.StartAsync(binary, folder, cancellation);
        var time = clock.Elapsed;
        await vite.StopAsync(Grace);
        return time;
    }

    private static async Task InstallAsync(string ui, CancellationToken cancellation) =>
        await Command.RunAsync(Command.Find("pnpm"), ui, cancellation, "install", "--frozen-lockfile");

    private static ManagedProcess Start(
        string program, IReadOnlyList<string> arguments, string folder, Output output) =>
        ManagedProcess.Start(
            new ProcessSpec(program, arguments, folder)
            {
                Environment = EnvironmentOf(Path.GetFileName(folder) == "ui" ? Path.GetDirectoryName(folder)! : folder),
                KeepInputOpen = true,
            },
            output.Add);

    private static Dictionary<string, string?> EnvironmentOf(string folder) => new()
    {
        ["GOCACHE"] = Path.Combine(folder, ".go-cache"),
        ["OMNIVIEW_STATE_DIR"] = Path.Combine(folder, ".state"),
    };

    [GeneratedRegex(@"ready in .* generation \d+")]
    private static partial Regex PluginReady();

    [GeneratedRegex(@"UI\s+http://127\.0\.0\.1:\d+")]
    private static partial Regex UiReady();

    [GeneratedRegex(@"Local\S*:")]
    private static partial Regex Banner();

    /// <summary>What a program prints, until it is what is waited for.</summary>
    private sealed class Output(Func<string, bool> isEnough)
    {
        private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private string _text = "";

        public void Add(OutputLine line)
        {
            _text += line.Text + "\n";
            if (isEnough(_text))
            {
                _seen.TrySetResult();
            }
        }

        public async Task SeenAsync(ManagedProcess process, CancellationToken cancellation)
        {
            if (await Task.WhenAny(_seen.Task, process.Exited).WaitAsync(cancellation) != _seen.Task)
            {
                throw new BenchException($"It ended with exit code {await process.Exited}:\n{_text}");
            }
        }
    }
}
