using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.State;

namespace Omniview.Plugin.Core.Ui.Packages;

/// <summary>
/// Keeps two processes (a build and a dev host, say) from installing or building one UI at the same time. The system
/// gives it back when its holder dies.
/// </summary>
internal static class UiLock
{
    /// <summary>A first install through a slow network takes minutes.</summary>
    private static readonly TimeSpan WaitLimit = TimeSpan.FromMinutes(10);

    /// <summary>Waits until nobody else holds the lock of this stamp folder; dispose to release it.</summary>
    /// <param name="stampDirectory">The folder.</param>
    /// <param name="note">Is told whom it waits for.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <param name="limit">How long it waits.</param>
    /// <exception cref="DiagnosticException">OVP5020: it can't be taken, or someone holds it for too long.</exception>
    public static async Task<IDisposable> AcquireAsync(
        string stampDirectory, Action<string> note, CancellationToken cancellation, TimeSpan? limit = null)
    {
        var file = Path.Combine(stampDirectory, IntermediateFolder.UiLock);
        try
        {
            Directory.CreateDirectory(stampDirectory);
            return await FileLock.TakeAsync(
                file,
                limit ?? WaitLimit,
                holder => note($"Waiting for {holder}: it installs or builds this UI."),
                cancellation);
        }
        catch (TimeoutException e)
        {
            throw new DiagnosticException(Diagnostic.Error(
                DiagnosticCodes.UiInUse, $"{e.Message}, so this UI can be neither installed nor built. End it and " +
                    "try again.").At(file), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(Diagnostic.Error(
                DiagnosticCodes.UiInUse,
                "The UI can be neither installed nor built, because its lock can't be taken: " +
                $"{e.Message.TrimEnd('.')}. Delete it, or allow your user to write there.").At(file), e);
        }
    }
}
