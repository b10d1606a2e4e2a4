using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.Core.Client;

/// <summary>Hears of a dev session's events, in order, one at a time.</summary>
internal interface IDevListener
{
    void Started(DevSession session);

    void StatusChanged(DevServerState state);

    void Logged(LogEntry entry);

    /// <summary>The problems of the current sources; empty when they are mended.</summary>
    void ErrorsChanged(IReadOnlyList<BuildError> errors);
}
