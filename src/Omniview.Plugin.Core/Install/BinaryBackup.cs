using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.State;

namespace Omniview.Plugin.Core.Install;

/// <summary>
/// The installed binary as it was before a swap, to go back to when the new one does not start. Kept as
/// <c>bin/.plugin.previous</c>. Every method may be called again, and does nothing when there is nothing to do.
/// </summary>
internal sealed class BinaryBackup
{
    private readonly InstalledPlugin _plugin;
    private readonly string _binary;
    private readonly string _backup;

    private BinaryBackup(InstalledPlugin plugin, bool windows)
    {
        _plugin = plugin;
        _binary = plugin.BinaryFile(windows);
        _backup = Path.Combine(plugin.BinaryDirectory, ".plugin.previous");
    }

    /// <summary>Whether there is a binary to go back to.</summary>
    public bool Exists => File.Exists(_backup);

    /// <summary>
    /// Keeps the installed binary, in place of an older backup. Costs no space where there are hard links.
    /// </summary>
    /// <exception cref="DiagnosticException">OVP4002, OVP4003.</exception>
    public static BinaryBackup Take(InstalledPlugin plugin, bool windows)
    {
        var backup = new BinaryBackup(plugin, windows);
        backup.Guarded(backup.Take);
        return backup;
    }

    /// <summary>
    /// Puts the kept binary back in one step, also while the new one runs. The backup is used up by it.
    /// </summary>
    /// <exception cref="DiagnosticException">OVP4002, OVP4003.</exception>
    public void Restore() => Guarded(() =>
    {
        if (Exists)
        {
            FileReplacement.Replace(_backup, _binary);
            Discard(); // rename(2) leaves both names when both are the same file
        }
    });

    /// <summary>
    /// Forgets the kept binary. On Windows one that still runs stays until the next
    /// <see cref="Take(InstalledPlugin, bool)"/>.
    /// </summary>
    public void Discard() => Temporaries.TryDelete(_backup);

    private void Take()
    {
        if (!File.Exists(_binary))
        {
            Discard();
            return;
        }

        var temporary = Temporaries.Beside(_backup);
        try
        {
            HardLink.CreateOrCopy(_binary, temporary);
            FileReplacement.Replace(temporary, _backup);
        }
        finally
        {
            Temporaries.TryDelete(temporary);
        }
    }

    /// <summary>No install goes on meanwhile, and the binary is none that a killed one left.</summary>
    private void Guarded(Action action)
    {
        PluginFolder.RequireNoLinks(_plugin, _plugin.BinaryDirectory);
        try
        {
            if (Directory.Exists(_plugin.BinaryDirectory))
            {
                using var held = InstallLock.Take(_plugin.Directory, CancellationToken.None);
                action();
            }
        }
        catch (Exception e) when (TransferProblem.IsOne(e))
        {
            throw TransferProblem.Of(e, _backup, $"{_binary} is as it was.");
        }
    }
}
