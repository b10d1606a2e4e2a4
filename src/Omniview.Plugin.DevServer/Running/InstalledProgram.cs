using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go;
using Omniview.Plugin.Core.Hosting;
using Omniview.Plugin.Core.State;
using Omniview.Plugin.DevServer.Machine;

namespace Omniview.Plugin.DevServer.Running;

/// <summary>The program in the installed layout, and the one before it, to go back to. One thing is done to it at a time.</summary>
internal sealed class InstalledProgram(PluginContext context)
{
    private readonly bool _windows = OperatingSystem.IsWindows();
    private readonly Lock _lock = new();
    private BinaryBackup? _backup;
    private Task _last = Task.CompletedTask;

    public string File => context.Installed.BinaryFile(_windows);

    /// <summary>Completes when all that was asked for is done.</summary>
    public Task Settled
    {
        get
        {
            lock (_lock)
            {
                return _last;
            }
        }
    }

    /// <summary>Whether the installed program is another one by it.</summary>
    /// <exception cref="DiagnosticException">It could not be installed.</exception>
    public Task<bool> InstallAsync(InstallProgram wanted, CancellationToken cancellation) => Enqueue(() =>
    {
        _backup = BinaryBackup.Take(context.Installed, _windows);
        var runsAlready = wanted.Runs && GoBuildId.IsAllThatDiffers(wanted.Program, File); // by go, or without it
        var request = new InstallRequest(context.StateDirectory, context.PluginId, wanted.Manifest.File)
        {
            BinaryFile = runsAlready ? null : wanted.Program, WindowsBinary = _windows, Durable = false,
        };
        return PluginInstaller.Install(request, cancellation).BinaryChanged;
    });

    /// <summary>The program before is again the installed one.</summary>
    public void Restore() => Forget(backup => backup.Restore());

    public void Discard() => Forget(_ => { });

    private void Forget(Action<BinaryBackup> first) => _ = Enqueue(() =>
    {
        var backup = Interlocked.Exchange(ref _backup, null);
        if (backup is null)
        {
            return false;
        }

        try
        {
            first(backup);
        }
        catch (DiagnosticException e)
        {
            context.Board.Fail(LogSource.Manager, $"The program that ran before could not be put back: {e.Diagnostic.Message}");
        }

        backup.Discard();
        return true;
    });

    private Task<bool> Enqueue(Func<bool> action)
    {
        lock (_lock)
        {
            var before = _last;
            var done = Task.Run(async () =>
            {
                await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return action();
            });
            _last = done;
            return done;
        }
    }
}
