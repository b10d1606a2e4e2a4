using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Building;
using Omniview.Plugin.Core.Install;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.StateMachine;

namespace Omniview.Plugin.DevServer.Running;

/// <summary>
/// The program in the installed layout, and the one before it, to go back to. The machine sees to it that one thing is
/// done to it at a time.
/// </summary>
internal sealed class InstalledProgram(PluginContext context)
{
    private readonly bool _windows = OperatingSystem.IsWindows();
    private BinaryBackup? _backup;

    public string File => context.Installed.BinaryFile(_windows);

    /// <summary>Whether the installed program is another one by it.</summary>
    /// <exception cref="DiagnosticException">It could not be installed.</exception>
    public bool Install(InstallProgram wanted, CancellationToken cancellation)
    {
        _backup = BinaryBackup.Take(context.Installed, _windows);
        var runsAlready = wanted.Runs && GoBuildId.IsOnlyDifference(wanted.Program, File); // by go, or without it
        var request = new InstallRequest(context.StateDirectory, context.PluginId, wanted.Manifest.File)
        {
            BinaryFile = runsAlready ? null : wanted.Program,
            WindowsBinary = _windows,
            Durable = false,
        };
        return PluginInstaller.Install(request, cancellation).BinaryChanged;
    }

    /// <summary>The program before is again the installed one.</summary>
    public void Restore() => Forget(backup => backup.Restore());

    public void Discard() => Forget(_ => { });

    private void Forget(Action<BinaryBackup> first)
    {
        var backup = Interlocked.Exchange(ref _backup, null);
        if (backup is null)
        {
            return;
        }

        try
        {
            first(backup);
        }
        catch (DiagnosticException e)
        {
            context.Board.Fail(
                LogSource.Manager, $"The program that ran before could not be put back: {e.Diagnostic.Message}");
        }

        backup.Discard();
    }
}
