using System.Diagnostics;

namespace Omniview.Plugin.Testing;

/// <summary>
/// A test's own world outside the repository: a home, a state directory, a temporary folder and a project. When the
/// test ends, it fails if anything was left behind.
/// </summary>
public abstract class Scratch : IAsyncLifetime
{
    private readonly string _mark = Guid.NewGuid().ToString("N");
    private readonly List<Shell> _shells = [];

    /// <param name="prefix">How the name of the test's own folder begins.</param>
    /// <param name="project">The project's folder in it.</param>
    protected Scratch(string prefix, string project)
    {
        Root = Directory.CreateTempSubdirectory(prefix).FullName;
        Project = Path.Combine(Root, project);
        foreach (var folder in new[] { Home, Temp, Project })
        {
            Directory.CreateDirectory(folder);
        }
    }

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected string Root { get; }

    protected string Project { get; }

    protected string Home => Path.Combine(Root, "home");

    protected string Temp => Path.Combine(Root, "tmp");

    protected string State => Path.Combine(Root, "state");

    /// <summary>Environment variables of this test's commands, over those of the test run; null removes.</summary>
    protected abstract IEnumerable<KeyValuePair<string, string?>> CommandEnvironment { get; }

    /// <summary>At its end a test that failed does not wait for what it may have left.</summary>
    protected static bool HasFailed => TestContext.Current.TestState?.Result == TestResult.Failed;

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        try
        {
            await CloseAsync();
            await AssertNothingIsLeftAsync();
        }
        finally
        {
            _shells.ForEach(shell => shell.Dispose());
            KillProcesses("");
            Directory.Delete(Root, recursive: true);
        }
    }

    /// <summary>By these a command lives in this world, and still finds the caches of the real one.</summary>
    protected Dictionary<string, string> OwnEnvironment() => new()
    {
        [Marked.Variable] = _mark,
        ["HOME"] = Home,
        ["TMPDIR"] = Temp,
        ["OMNIVIEW_STATE_DIR"] = State,
        ["GOCACHE"] = Environment.GetEnvironmentVariable("GOCACHE") ?? InRealHome(".cache/go-build"),
        ["npm_config_userconfig"] = InRealHome(".npmrc"),
        ["npm_config_store_dir"] = Path.Combine(Repository.Root, ".tools", "pnpm-store"),
        ["npm_config_cache"] = InRealHome(".npm"),
    };

    /// <summary>Starts a program in the project's folder.</summary>
    protected Shell Start(string program, params IEnumerable<string> arguments)
    {
        var info = new ProcessStartInfo(program, arguments) { WorkingDirectory = Project };
        foreach (var (name, value) in CommandEnvironment)
        {
            if (value is null)
            {
                info.Environment.Remove(name);
            }
            else
            {
                info.Environment[name] = value;
            }
        }

        var shell = new Shell(info);
        _shells.Add(shell);
        return shell;
    }

    protected string Installed(string id, string file) => Path.Combine(State, "plugins", id, file);

    protected string InProject(string file) => Path.Combine(Project, file);

    /// <summary>Writes a file of the project.</summary>
    protected string Write(string file, string text) => WriteFile(InProject(file), text);

    protected void Replace(string file, string old, string @new)
    {
        var path = InProject(file);
        var text = File.ReadAllText(path);
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(old, @new, StringComparison.Ordinal));
    }

    /// <summary>
    /// A stand-in for a tool, for what the real one can't be made to do; outside of the project as real ones are, and
    /// called by its path.
    /// </summary>
    protected string FakeTool(string name, string script)
    {
        var file = WriteFile(Path.Combine(Root, "fakes", name), "#!/bin/sh\n" + script);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }

    /// <summary>PID and command line of this test's processes whose command line holds the text.</summary>
    protected List<string> Processes(string text) =>
        [.. Marked.Processes(_mark).Where(process => process.Contains(text, StringComparison.Ordinal))];

    protected static int Pid(string process) =>
        int.Parse(process.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>When it was started, in clock ticks since the boot (field 22 of proc_pid_stat(5)).</summary>
    /// <remarks>PIDs say nothing of the order: they begin anew at pid_max, which a whole run passes.</remarks>
    protected static ulong StartTicks(string process) =>
        ulong.Parse(
            File.ReadAllText($"/proc/{Pid(process)}/stat").Split(") ")[^1].Split(' ')[19],
            System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>kill -9 for this test's processes whose command line holds the text.</summary>
    protected void KillProcesses(string text) =>
        Processes(text).ForEach(process => Signals.TrySend(Pid(process), Signals.Kill));

    /// <summary>Ends what the test need not end itself.</summary>
    protected virtual Task CloseAsync() => Task.CompletedTask;

    /// <summary>
    /// All processes of this test end by themselves, and no file of a running host or plugin is there.
    /// </summary>
    protected async Task AssertNothingIsLeftAsync()
    {
        await UntilGoneAsync(() => Processes(""));
        var files = HasFailed ? [] : FilesLeftBehind().ToList();
        Assert.True(files.Count == 0, $"These files were left behind:\n{string.Join('\n', files)}");
    }

    protected abstract IEnumerable<string> FilesLeftBehind();

    /// <summary>The file is of a dev host, a plugin or a writer that runs, or has not cleaned up.</summary>
    protected static bool IsOfSomethingRunning(string path)
    {
        var name = Path.GetFileName(path);
        return name is ".devinfo"
            || Path.GetExtension(name) is ".tmp" or ".token"
            || (name.StartsWith("host.", StringComparison.Ordinal) && name.EndsWith(".json", StringComparison.Ordinal));
    }

    protected static async Task UntilGoneAsync(Func<IEnumerable<string>> processes)
    {
        var patience = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var looks = 0; !HasFailed && looks < 2;) // within execve(2) a process has no mark for a moment
        {
            var alive = processes().ToList();
            looks = alive.Count == 0 ? looks + 1 : 0;
            Assert.True(
                patience.Elapsed < Limits.Wait, $"These processes were left behind:\n{string.Join('\n', alive)}");
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private static string WriteFile(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    private static string InRealHome(string path) =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), path);
}
