using System.Diagnostics;
using System.Globalization;
using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Tests.Infra;

/// <summary>
/// A test's own world: home, temporary folder, state directory, project and dev host, in a path with what shells, URLs
/// and MSBuild trip over. When the test ends its sessions are closed, and it fails if that leaves a process or a file
/// behind.
/// </summary>
public abstract class HostScratch : IAsyncLifetime
{
    private static int _instances;

    private readonly string _mark = Guid.NewGuid().ToString("N");
    private readonly List<IAsyncDisposable> _open = [];
    private readonly List<Shell> _shells = [];

    protected HostScratch()
    {
        foreach (var folder in new[] { Home, Temp, Project })
        {
            Directory.CreateDirectory(folder);
        }
    }

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // Short: the path of a plugin's socket lies below and ends at 107 bytes.
    protected string Root { get; } = Directory.CreateTempSubdirectory("ovp a;b%20é-").FullName;

    protected string Home => Path.Combine(Root, "home");

    protected string Temp => Path.Combine(Root, "tmp");

    protected string State => Path.Combine(Root, "state");

    protected string Project => Path.Combine(Root, "plugin");

    /// <summary>Where the plugin <see cref="Plugins.Id"/> is installed.</summary>
    protected string Installed(string file) => Path.Combine(State, "plugins", Plugins.Id, file);

    protected string DevInfo => Installed(".devinfo");

    private protected HostDirectory HostFiles => new(State);

    /// <summary>Environment of the dev host and of command lines, over that of the test run.</summary>
    protected Dictionary<string, string> Environment => field ??= new()
    {
        [Marked.Variable] = _mark,
        ["HOME"] = Home,
        ["XDG_CONFIG_HOME"] = Path.Combine(Home, ".config"), // dlv asks the system, and not HOME, for the user's home
        ["TMPDIR"] = Temp,
        ["OMNIVIEW_STATE_DIR"] = State,
        ["GOCACHE"] = System.Environment.GetEnvironmentVariable("GOCACHE") ?? InRealHome(".cache/go-build"),
        ["npm_config_userconfig"] = InRealHome(".npmrc"),
        ["npm_config_store_dir"] = Path.Combine(Repository.Root, ".tools", "pnpm-store"),
        ["npm_config_cache"] = InRealHome(".npm"),
    };

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

    /// <summary>The dev loop's command line, as a process of its own.</summary>
    protected Shell StartCommandLine(params IEnumerable<string> arguments) =>
        Start("dotnet", [HostProgram, .. arguments]);

    /// <summary>The command line among other arguments: what comes before it is a program that runs it.</summary>
    protected Shell StartCommandLineWith(IEnumerable<string> before, params IEnumerable<string> arguments) =>
        Start(before.First(), [.. before.Skip(1), "dotnet", HostProgram, .. arguments]);

    protected Shell StartProgram(string program, params IEnumerable<string> arguments) => Start(program, arguments);

    private Shell Start(string program, IEnumerable<string> arguments)
    {
        var info = new ProcessStartInfo(program, arguments) { WorkingDirectory = Project };
        foreach (var (name, value) in Environment)
        {
            info.Environment[name] = value;
        }

        var shell = new Shell(info);
        _shells.Add(shell);
        return shell;
    }

    /// <summary>Writes a file of the project.</summary>
    protected string Write(string file, string text) => Plugins.Write(Project, file, text);

    protected void Replace(string file, string old, string @new)
    {
        var path = Path.Combine(Project, file);
        var text = File.ReadAllText(path);
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(old, @new, StringComparison.Ordinal));
    }

    /// <summary>A stand-in for a tool, outside of the project as real ones are.</summary>
    protected string FakeTool(string name, string script)
    {
        var file = Plugins.Write(Root, $"fakes/{name}", "#!/bin/sh\n" + script);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }

    /// <summary>What answers at the address in <c>.devinfo</c>, called as Omniview would.</summary>
    protected Task<string?> GreetAsync() => Greeter.GreetAsync(DevInfo, "Ada");

    /// <summary>PID and command line of this test's processes whose command line holds the text.</summary>
    protected List<string> Processes(string text) =>
        [.. Marked.Processes(_mark).Where(process => process.Contains(text, StringComparison.Ordinal))];

    /// <summary>PID and command line of the running plugins.</summary>
    protected List<string> RunningPlugins() => Processes("/bin/plugin ");

    protected static int Pid(string process) => int.Parse(process.Split(' ')[0], CultureInfo.InvariantCulture);

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

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        try
        {
            foreach (var one in _open)
            {
                await one.DisposeAsync();
            }

            // That was the end of every lease: all but the host has to end by itself. The host, which would stay a
            // little, is told.
            await UntilGoneAsync(() => Processes("").Where(process => !BelongsToHost(process)));
            // unless it has just ended by itself
            Processes("").Where(IsHost).ToList().ForEach(host => Signals.TrySend(Pid(host), Signals.Terminate));
            await AssertNothingIsLeftAsync();
        }
        finally
        {
            _shells.ForEach(shell => shell.Dispose());
            foreach (var process in Processes(""))
            {
                Signals.TrySend(Pid(process), Signals.Kill);
            }

            Directory.Delete(Root, recursive: true);
        }
    }

    /// <summary>
    /// All processes of this test end by themselves, and no file of a running host or plugin is there.
    /// </summary>
    protected async Task AssertNothingIsLeftAsync()
    {
        await UntilGoneAsync(() => Processes(""));
        var everything = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 };
        List<string> files =
        [
            .. Directory.Exists(State)
                ? Directory.EnumerateFiles(State, "*", everything).Where(IsOfSomethingRunning)
                : [],
            .. Directory.EnumerateDirectories(Temp, "omniview-go-*"),
            .. Directory.EnumerateDirectories(Project, "*.building", everything),
        ];
        Assert.True(files.Count == 0 || HasFailed, $"These files were left behind:\n{string.Join('\n', files)}");
    }

    /// <summary>At its end a test that failed does not wait for what it may have left.</summary>
    private static bool HasFailed => TestContext.Current.TestState?.Result == TestResult.Failed;

    private static async Task UntilGoneAsync(Func<IEnumerable<string>> processes)
    {
        var patience = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!HasFailed && processes().ToList() is { Count: > 0 } alive)
        {
            Assert.True(
                patience.Elapsed < Limits.Wait, $"These processes were left behind:\n{string.Join('\n', alive)}");
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    protected static bool IsHost(string process) => process.Contains(" host --state-dir ", StringComparison.Ordinal);

    protected static bool IsGuardian(string process) =>
        process.Contains(" omniview-guardian ", StringComparison.Ordinal);

    /// <summary>The host itself, or its guardian.</summary>
    protected static bool BelongsToHost(string process) => IsHost(process) || IsGuardian(process);

    private static bool IsOfSomethingRunning(string path)
    {
        var name = Path.GetFileName(path);
        return name is ".devinfo" or ".plugin.previous"
            || Path.GetFileName(Path.GetDirectoryName(path)) == "links"
            || Path.GetExtension(name) is ".tmp" or ".token"
            || (name.StartsWith("host.", StringComparison.Ordinal) && name.EndsWith(".json", StringComparison.Ordinal));
    }

    private static string InRealHome(string path) =>
        Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), path);

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
        var first = 20000 + (number % 1000 * 10);
        return new DevSettings.UiSettings { PortStart = first, PortEnd = first + 9 };
    }
}
