using System.Runtime.InteropServices;
using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.Text;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Cli.Terminal;

namespace Omniview.Plugin.DevServer.Cli;

/// <summary>The dev loop's foreground side: opens a session, prints what happens, ends it on a signal.</summary>
internal static class DevLoop
{
    private static readonly TimeSpan ParentCheckInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>0 after a stop that was asked for, 1 when the dev host went away.</summary>
    /// <param name="say">Shows a line that is not the listener's.</param>
    /// <param name="complain">Shows why it ends with 1.</param>
    /// <param name="quit">Asks for the end, too.</param>
    public static async Task<int> RunAsync(
        string stateDirectory,
        DevSettings settings,
        IDevListener listener,
        Action<string> say,
        Action<string> complain,
        Task quit)
    {
        using var starting = new CancellationTokenSource();
        using var over = new CancellationTokenSource();
        var signalled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Ask(PosixSignalContext signal)
        {
            signal.Cancel = true;
            signalled.TrySetResult();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Ask);
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ask);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Ask);
        var orphaned = UntilOrphanedAsync(over.Token);
        var asked = UntilAskedAsync();
        try
        {
            return await ServeAsync();
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll(orphaned, asked);
        }

        async Task UntilAskedAsync()
        {
            await Task.WhenAny(signalled.Task, quit, orphaned);
            await starting.CancelAsync();
        }

        async Task<int> ServeAsync()
        {
            DevSession session;
            try
            {
                var host = await HostFinder.EnsureAsync(
                    stateDirectory,
                    OwnCommand(),
                    starting.Token,
                    problem => say(TerminalText.Neutralise(problem.ToString())));
                session = await host.OpenSessionAsync(settings, starting.Token);
            }
            catch (OperationCanceledException)
            {
                return 0;
            }

            await using (session)
            {
                var following = session.FollowAsync(listener);
                if (settings.OpensDashboard(TerminalSupport.IsLive && TerminalSupport.HasKeys))
                {
                    session.OpenDashboard();
                }

                if (await Task.WhenAny(asked, following) == following)
                {
                    complain("The plugin was stopped, or the dev host has ended.");
                    return 1;
                }

                say("stopping …");
                await session.EndAsync();
                await following;
                return 0;
            }
        }
    }

    /// <summary>This program, however it was started: as <c>dotnet x.dll</c> or by its own executable.</summary>
    public static HostCommand OwnCommand()
    {
        var program = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? new HostCommand(program, [Path.Combine(AppContext.BaseDirectory, "omniview-plugin-dev.dll")])
            : new HostCommand(program, []);
    }

    /// <summary>When <c>dotnet run</c> is killed, this process would go on for nobody.</summary>
    /// <param name="over">Ends the looking.</param>
    private static async Task UntilOrphanedAsync(CancellationToken over)
    {
        var parent = ParentProcess.OfCurrent();
        using var timer = new PeriodicTimer(parent is null ? Timeout.InfiniteTimeSpan : ParentCheckInterval);
        var isAlive = true;
        try
        {
            while (isAlive && await timer.WaitForNextTickAsync(over))
            {
                Unfailing.Do("looking whether dotnet run lives", () => isAlive = parent!.IsAlive);
            }
        }
        catch (OperationCanceledException)
        {
            // over
        }
    }
}
