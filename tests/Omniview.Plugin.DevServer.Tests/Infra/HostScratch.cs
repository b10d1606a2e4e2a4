using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Tests.Infra;

/// <summary>
/// A scratch world with a dev host, in a path with what shells, URLs and MSBuild trip over. When the test ends its
/// sessions are closed.
/// </summary>
public abstract class HostScratch : Scratch
{
    private static int _instances;

    private readonly List<IAsyncDisposable> _open = [];

    protected HostScratch()
        : base("ovp a;b%20é-", "plugin") // short: the path of a plugin's socket lies below and ends at 107 bytes
    {
    }

    /// <summary>Where the plugin <see cref="Plugins.Id"/> is installed.</summary>
    protected string Installed(string file) => Installed(Plugins.Id, file);

    protected string DevInfo => Installed(".devinfo");

    private protected HostDirectory HostFiles => new(State);

    /// <summary>Environment of the dev host and of command lines, over that of the test run.</summary>
    protected Dictionary<string, string> Environment => field ??= new(OwnEnvironment())
    {
        ["XDG_CONFIG_HOME"] = Path.Combine(Home, ".config"), // dlv asks the system, and not HOME, for the user's home
    };

    protected override IEnumerable<KeyValuePair<string, string?>> CommandEnvironment =>
        Environment.Select(variable => KeyValuePair.Create(variable.Key, (string?)variable.Value));

    private protected HostCommand HostCommand =>
        new("/usr/bin/env", [.. Environment.Select(pair => $"{pair.Key}={pair.Value}"), "dotnet", HostProgram]);

    private static string HostProgram => PackedDevHost.Program;

    /// <summary>
    /// Each test looks for ports of its own: hosts of different state directories do not know of each other, so one
    /// test would take the port another counts on getting back. Below the range systems hand out on their own.
    /// </summary>
    private protected DevSettings.UiSettings OwnPorts { get; } = PortsFor(
        (System.Environment.ProcessId * 37) + Interlocked.Increment(ref _instances));

    private protected DevSettings Settings(string project) => new() { ProjectDirectory = project, Ui = OwnPorts };

    private protected async Task<HostClient> HostAsync()
    {
        var client = await HostFinder.EnsureAsync(State, HostCommand, Cancellation);
        _open.Add(new Closing(client));
        return client;
    }

    /// <summary>Opens a session on the project and listens to it.</summary>
    private protected Task<Dev> OpenAsync() => OpenAsync(Settings(Project));

    private protected async Task<Dev> OpenAsync(DevSettings settings)
    {
        var client = await HostFinder.EnsureAsync(State, HostCommand, Cancellation);
        var dev = new Dev(await client.OpenSessionAsync(settings, Cancellation));
        _open.Add(dev);
        return dev;
    }

    /// <summary>Another plugin keeps the host up while that of the test comes and goes.</summary>
    private protected Task<Dev> KeepHostAsync()
    {
        var other = Path.Combine(Root, "other");
        Plugins.WriteUi(other, FakeVite.Good, "keeps-the-host");
        return OpenAsync(
            Settings(other) with { Ui = OwnPorts with { PackageManagerPath = FakeTool("pnpm", "exit 0\n") } });
    }

    /// <summary>PATH with the folder of this tool first.</summary>
    protected static string SearchPathWith(string tool) =>
        $"{Path.GetDirectoryName(tool)}:{System.Environment.GetEnvironmentVariable("PATH")}";

    /// <summary>The dev loop's command line, as a process of its own.</summary>
    protected Shell StartCommandLine(params IEnumerable<string> arguments) =>
        Start("dotnet", [HostProgram, .. arguments]);

    /// <summary>The command line among other arguments: what comes before it is a program that runs it.</summary>
    protected Shell StartCommandLineWith(IEnumerable<string> before, params IEnumerable<string> arguments) =>
        Start(before.First(), [.. before.Skip(1), "dotnet", HostProgram, .. arguments]);

    /// <summary>What answers at the address in <c>.devinfo</c>, called as Omniview would.</summary>
    protected Task<string?> GreetAsync() => Greeter.GreetAsync(DevInfo, "Ada");

    /// <summary>PID and command line of the running plugins.</summary>
    protected List<string> RunningPlugins() => Processes("/bin/plugin ");

    protected static void Kill(int pid) => Signals.Send(pid, Signals.Kill);

    /// <summary>STOP takes effect when one of the threads has its turn; until then the others go on.</summary>
    protected static async Task StopAsync(int pid)
    {
        Signals.Send(pid, Signals.Stop);
        await Poll.UntilAsync(
            () =>
                Directory
                    .EnumerateDirectories($"/proc/{pid}/task")
                    .All(thread => File.ReadAllText($"{thread}/stat").Split(") ")[^1][0] == 'T'),
            $"{pid} stands still");
    }

    protected static void Continue(int pid) => Signals.Send(pid, Signals.Continue);

    protected static void Terminate(int pid) => Signals.Send(pid, Signals.Terminate);

    protected override async Task CloseAsync()
    {
        foreach (var one in _open)
        {
            await one.DisposeAsync();
        }

        // That was the end of every lease: all but the host has to end by itself. The host, which would stay a little,
        // is told.
        await UntilGoneAsync(() => Processes("").Where(process => !BelongsToHost(process)));
        // unless it has just ended by itself
        Processes("").Where(IsHost).ToList().ForEach(host => Signals.TrySend(Pid(host), Signals.Terminate));
    }

    protected override IEnumerable<string> FilesLeftBehind()
    {
        var everything = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 };
        return
        [
            .. Directory.Exists(State) ? Directory.EnumerateFiles(State, "*", everything).Where(IsLeftover) : [],
            .. Directory.EnumerateDirectories(Temp, "omniview-go-*"),
            .. Directory.EnumerateDirectories(Project, "*.building", everything),
        ];
    }

    protected static bool IsHost(string process) => process.Contains(" host --state-dir ", StringComparison.Ordinal);

    protected static bool IsGuardian(string process) =>
        process.Contains(" omniview-guardian ", StringComparison.Ordinal);

    /// <summary>The host itself, or its guardian.</summary>
    protected static bool BelongsToHost(string process) => IsHost(process) || IsGuardian(process);

    private static bool IsLeftover(string path) =>
        IsOfSomethingRunning(path)
        || Path.GetFileName(path) == ".plugin.previous"
        || Path.GetFileName(Path.GetDirectoryName(path)) == "links";

    private sealed class Closing(IDisposable what) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            what.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    private static DevSettings.UiSettings PortsFor(int number)
    {
        var first = 20000 + (number % 500 * 10); // those from 25,173 on are the debuggers'
        return new DevSettings.UiSettings { PortStart = first, PortEnd = first + 9 };
    }
}
