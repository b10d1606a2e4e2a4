using System.Diagnostics;
using System.Globalization;
using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Debugging;
using Omniview.Plugin.DevServer.Grpc;
using Omniview.Plugin.DevServer.StateMachine;

namespace Omniview.Plugin.DevServer.Running;

/// <summary>Starts plugins: shaken hands with and found healthy, or not there at all.</summary>
internal static class PluginLauncher
{
    private static readonly TimeSpan HealthInterval = TimeSpan.FromMilliseconds(5);
    private const int ShownLines = 20;

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
                ? start.VitePort.ToString(CultureInfo.InvariantCulture)
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
}
