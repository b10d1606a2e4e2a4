using System.Diagnostics;
using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Board;
using Omniview.Plugin.DevServer.Debugging;
using Omniview.Plugin.DevServer.Events;
using Omniview.Plugin.DevServer.Grpc;
using Omniview.Plugin.DevServer.StateMachine;

namespace Omniview.Plugin.DevServer.Running;

/// <summary>One running plugin: started, shaken hands with and found healthy, or not there at all.</summary>
internal sealed class PluginProcess : IAsyncDisposable
{
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(5);
    // it needs hundredths of one, and nobody cleans up there
    private static readonly TimeSpan DebuggerGrace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan HealthInterval = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan HealthLimit = TimeSpan.FromSeconds(3);
    private const int LookInterval = 15; // ticks, as the heartbeat of streams has; that it has ended is told at once
    private const int ShownLines = 20;

    private readonly ManagedProcess _process;
    private readonly Debuggee? _debuggee;
    private readonly PluginConnection _connection;
    private readonly CancellationTokenSource _listening = new();
    private readonly Task _output;
    private readonly string? _socketFolder;

    private PluginProcess(
        ManagedProcess process,
        Debuggee? debuggee,
        string? socketFolder,
        Handshake handshake,
        PluginConnection connection,
        PluginHealth health,
        PluginTimes times,
        PluginBoard board)
    {
        _process = process;
        _debuggee = debuggee;
        _socketFolder = socketFolder;
        _connection = connection;
        Health = health;
        Handshake = handshake;
        Times = times;
        // of a plugin that prints all the time no read has to wait
        _output = Task.Run(() => ForwardOutputAsync(board, _listening.Token));
    }

    public int Id => _debuggee?.Id ?? _process.Id;

    public Handshake Handshake { get; }

    public PluginTimes Times { get; }

    /// <summary>What it answered when it was started.</summary>
    public PluginHealth Health { get; }

    public DateTimeOffset StartedAt { get; } = DateTimeOffset.UtcNow;

    public Task<int> Exited => _debuggee?.Exited ?? _process.Exited;

    /// <summary>
    /// Starts a plugin, under a debugger if one is given, and returns when it answers its health check.
    /// </summary>
    /// <exception cref="DiagnosticException">OVP3007 it ended or stayed silent, OVP3008 an unusable handshake, OVP3009
    /// not healthy. No process is left.</exception>
    public static async Task<PluginProcess> StartAsync(
        PluginContext context,
        StartPlugin start,
        string binary,
        PluginDebugger? debugger,
        Action<int> spawned,
        CancellationToken cancellation)
    {
        var board = context.Board;
        var shaken = new TaskCompletionSource<Handshake>(TaskCreationOptions.RunContinuationsAsynchronously);
        var lastLines = new LastLines(ShownLines);
        var clock = Stopwatch.StartNew();
        var socketFolder = OperatingSystem.IsWindows() ? null : MakeSocketFolder(context);
        ManagedProcess? process = null;
        Debuggee? debuggee = null;
        PluginConnection? connection = null;
        try
        {
            var spec = Spec(context, start, binary, socketFolder);
            process = ManagedProcess.Start(debugger?.Around(spec) ?? spec, line =>
            {
                if (!line.IsError && !shaken.Task.IsCompleted && IsHandshake(line.Text, shaken))
                {
                    return;
                }

                lastLines.Add(line.Text);
                board.Output(LogSource.Plugin, line);
            });
            var startTime = clock.Elapsed;
            debuggee = debugger?.Debuggee(process);
            var exited = debuggee?.Exited ?? process.Exited;
            spawned(process.Id);
            context.Processes.Add(LogSource.Plugin, process);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(TimeSpan.FromSeconds(start.Settings.PluginStartTimeoutSeconds));
            var handshake = await HandshakeAsync(exited, shaken.Task, limit.Token);
            spawned(debuggee?.Identify(Path.GetFileName(binary)) ?? process.Id);
            var handshakeTime = clock.Elapsed;
            connection = new PluginConnection(handshake.Address);
            var health = await WaitUntilServingAsync(exited, connection, limit.Token);
            return new PluginProcess(
                process,
                debuggee,
                socketFolder,
                handshake,
                connection,
                health,
                new PluginTimes(startTime, handshakeTime - startTime, clock.Elapsed - handshakeTime),
                board);
        }
        catch (Exception e)
        {
            var stopped = debuggee?.State is DebuggeeState.Stopped or DebuggeeState.Panicked;
            if (debuggee is not null)
            {
                await debuggee.DisposeAsync();
            }

            if (process is not null)
            {
                await process.StopAsync(TimeSpan.FromSeconds(1));
                await process.DisposeAsync();
            }

            connection?.Dispose();
            DeleteSocketFolder(socketFolder);
            cancellation.ThrowIfCancellationRequested();
            if (e is OperationCanceledException or PluginEndedException)
            {
                var obstacle = stopped ? "it stands still in the debugger, at a panic or a breakpoint"
                    : shaken.Task.IsCompleted ? "its health check did not answer SERVING"
                    : "no go-plugin handshake on standard output";
                var what = e is PluginEndedException ended
                    ? $"ended with exit code {ended.ExitCode} before it was ready"
                    : $"was not ready within {start.Settings.PluginStartTimeoutSeconds} s ({obstacle})";
                throw new DiagnosticException(
                    PluginStartProblem.Of(start, what, shaken.Task.IsCompleted, lastLines.ToList()), e);
            }

            throw;
        }
    }

    /// <summary>TERM, five seconds (two under a debugger), KILL; returns when the whole group is gone.</summary>
    public async Task StopAsync()
    {
        if (_debuggee is not null)
        {
            await _debuggee.DisposeAsync();
        }

        await _process.StopAsync(_debuggee is null ? StopGrace : DebuggerGrace);
        await _listening.CancelAsync();
        await _output;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _connection.Dispose();
        _listening.Dispose();
        await _process.DisposeAsync();
        DeleteSocketFolder(_socketFolder);
    }

    /// <summary>
    /// Asks for its health from time to time, and tells of every change, until it is stopped. One at a breakpoint can't
    /// answer, and is as healthy as it was.
    /// </summary>
    /// <param name="timer">When.</param>
    /// <param name="changed">Gets the new health.</param>
    /// <param name="standsStill">Told when it is found to stand at a breakpoint, once until it answers again.</param>
    public async Task MonitorHealthAsync(SharedTimer timer, Action<PluginHealth> changed, Action standsStill)
    {
        var health = Health;
        var stoodStill = false;
        try
        {
            while (true)
            {
                await timer.Next(LookInterval).WaitAsync(_listening.Token);
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(_listening.Token);
                limit.CancelAfter(HealthLimit);
                var before = health;
                var standing = false;
                try
                {
                    health = await _connection.CheckHealthAsync(limit.Token);
                }
                catch (OperationCanceledException) when (!_listening.IsCancellationRequested)
                {
                    standing = _debuggee?.State == DebuggeeState.Stopped;
                    health = standing ? before : PluginHealth.Silent;
                }

                if (standing && !stoodStill)
                {
                    standsStill();
                }

                stoodStill = standing;
                if (health != before && !Exited.IsCompleted)
                {
                    Unfailing.Do("telling of the plugin's health", () => changed(health));
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // stopped
        }
    }

    private static string MakeSocketFolder(PluginContext context)
    {
        try
        {
            return context.Sockets.Create();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(Diagnostic.Error(
                DiagnosticCodes.PluginDidNotStart, "The plugin was not started: there can be no folder for its " +
                    $"socket: {e.Message}"), e);
        }
    }

    private static void DeleteSocketFolder(string? folder)
    {
        if (folder is not null)
        {
            SocketFolders.Delete(folder);
        }
    }

    private static ProcessSpec Spec(PluginContext context, StartPlugin start, string binary, string? socketFolder)
    {
        var (id, settings) = (context.PluginId, start.Settings);
        var environment = new Dictionary<string, string?>
        {
            // go-plugin's magic cookie: without it a plugin refuses to run (plugin-sdk, pkg/config/meta.go)
            ["OMNIVIEW"] = id,
            ["OMNIVIEW_PLUGIN_ID"] = id,
            ["OMNIVIEW_STATE_DIR"] = context.StateDirectory,
            ["OMNIVIEW_VITE_PORT"] = start.VitePort > 0
                ? start.VitePort.ToString(System.Globalization.CultureInfo.InvariantCulture)
                : null,
            ["PLUGIN_PROTOCOL_VERSIONS"] = "1",
            ["PLUGIN_MIN_PORT"] = "10000",
            ["PLUGIN_MAX_PORT"] = "25000",
            ["PLUGIN_UNIX_SOCKET_DIR"] = socketFolder,
            // go-plugin would ask for mutual TLS, and Omniview offers none to a plugin it finds
            ["PLUGIN_CLIENT_CERT"] = null,
            // with it plugin-sdk deletes .devinfo at its end, whoever that names by then
            ["OMNIVIEW_DEV"] = settings.PluginDevMode ? "1" : null,
        };
        foreach (var (name, value) in ChildEnvironment.Of(settings, settings.Go.Environment))
        {
            environment.TryAdd(name, value);
        }

        return new ProcessSpec(binary, [], settings.ProjectDirectory) { Environment = environment };
    }

    private static bool IsHandshake(string line, TaskCompletionSource<Handshake> shaken)
    {
        try
        {
            return Handshake.Parse(line) is { } handshake && shaken.TrySetResult(handshake);
        }
        catch (DiagnosticException e)
        {
            return shaken.TrySetException(e);
        }
    }

    private static async Task<Handshake> HandshakeAsync(
        Task<int> exited, Task<Handshake> shaken, CancellationToken cancellation)
    {
        var first = await Task.WhenAny(shaken, exited).WaitAsync(cancellation);
        return first == shaken ? await shaken : throw new PluginEndedException(await exited);
    }

    private static async Task<PluginHealth> WaitUntilServingAsync(
        Task<int> exited, PluginConnection connection, CancellationToken cancellation)
    {
        while (true)
        {
            var health = await connection.CheckHealthAsync(cancellation);
            if (health is PluginHealth.Serving or PluginHealth.NotOffered)
            {
                return health;
            }

            if (exited.IsCompleted)
            {
                throw new PluginEndedException(await exited);
            }

            await Task.Delay(HealthInterval, cancellation);
        }
    }

    private async Task ForwardOutputAsync(PluginBoard board, CancellationToken cancellation)
    {
        var lines = new Dictionary<bool, LineSplitter>
        {
            [false] = new(isError: false, line => board.Output(LogSource.Plugin, line)),
            [true] = new(isError: true, line => board.Output(LogSource.Plugin, line)),
        };
        await foreach (var (isError, data) in _connection.ReadOutputAsync(cancellation))
        {
            // unread it would come to a standstill
            Unfailing.Do("passing on what the plugin prints", () => lines[isError].Feed(data));
        }

        foreach (var splitter in lines.Values)
        {
            splitter.Complete();
        }
    }
}
