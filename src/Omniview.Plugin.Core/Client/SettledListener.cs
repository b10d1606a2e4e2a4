using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.Core.Client;

/// <summary>
/// Passes everything on, and tells when neither Vite nor the Go side is busy starting or building any more.
/// </summary>
internal sealed class SettledListener(IDevListener inner) : IDevListener
{
    private readonly TaskCompletionSource<DevServerState> _settled = new(
        TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The state at that moment.</summary>
    public Task<DevServerState> Settled => _settled.Task;

    public void Started(DevSession session)
    {
        inner.Started(session);
        Look(session.Started.State);
    }

    public void StatusChanged(DevServerState state)
    {
        inner.StatusChanged(state);
        Look(state);
    }

    public void Logged(LogEntry entry) => inner.Logged(entry);

    public void ErrorsChanged(IReadOnlyList<BuildError> errors) => inner.ErrorsChanged(errors);

    private void Look(DevServerState state)
    {
        if (!IsBusy(state.ViteStatus) && !IsBusy(state.GoStatus))
        {
            _settled.TrySetResult(state);
        }
    }

    private static bool IsBusy(string status) => status is ProcessStatus.Starting or ProcessStatus.Building;
}
