using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.State;

namespace Omniview.Plugin.Core.Ui.Packages;

/// <summary>
/// Keeps two processes (a build and a dev host, say) from installing or building one UI at the same time. The notes in
/// obj, the folder that owns node_modules and the UI's output have a lock each: two projects may share one of these and
/// not the others. The system gives them back when their holder dies.
/// </summary>
internal static class UiLock
{
    /// <summary>A first install through a slow network takes minutes.</summary>
    private static readonly TimeSpan WaitLimit = TimeSpan.FromMinutes(10);

    private const string InstallFile = ".omniview-install.lock";
    internal const string BuildFile = ".omniview-build.lock";

    /// <summary>Waits until nobody else holds the lock of this stamp folder; dispose to release it.</summary>
    /// <param name="stampDirectory">The folder.</param>
    /// <param name="note">Is told whom it waits for.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <param name="limit">How long it waits.</param>
    /// <exception cref="DiagnosticException">OVP5020: it can't be taken, or someone holds it for too long.</exception>
    public static Task<IDisposable> AcquireAsync(
        string stampDirectory, Action<string> note, CancellationToken cancellation, TimeSpan? limit = null) =>
        TakeAsync(
            Path.Combine(stampDirectory, IntermediateFolder.UiLock),
            async (file, waiting) =>
            {
                Directory.CreateDirectory(stampDirectory);
                return await FileLock.TakeAsync(file, limit ?? WaitLimit, waiting, cancellation);
            },
            note);

    /// <summary>The same for node_modules: the plugins of one workspace share it. Taken by who installs.</summary>
    public static Task<IDisposable> AcquireInstallAsync(
        UiProject ui, Action<string> note, CancellationToken cancellation) =>
        TransientAsync(Path.Combine(ui.Folders()[^1], InstallFile), note, cancellation);

    /// <summary>The same for the output: builds with another obj share it. Taken by who builds.</summary>
    public static Task<IDisposable> AcquireBuildAsync(
        UiProject ui, Action<string> note, CancellationToken cancellation) =>
        TransientAsync(Path.Combine(ui.Directory, BuildFile), note, cancellation);

    private static Task<IDisposable> TransientAsync(
        string file, Action<string> note, CancellationToken cancellation) =>
        TakeAsync(
            file,
            async (_, waiting) => await TransientLock.TakeAsync(file, WaitLimit, waiting, cancellation),
            note);

    private static async Task<IDisposable> TakeAsync(
        string file, Func<string, Action<string>, Task<IDisposable>> take, Action<string> note)
    {
        try
        {
            return await take(file, holder => note($"Waiting for {holder}: it installs or builds this UI."));
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
