using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.DevServer.External;

/// <summary>A plugin that this host runs itself, as far as others' plugins concern it.</summary>
internal interface IOwnPlugin
{
    string PluginId { get; }

    /// <summary>Whether a process is a plugin of this instance.</summary>
    bool IsOwn(int pid);

    /// <summary>Writes its <c>.devinfo</c> again if somebody has taken that away.</summary>
    void PutBackDevInfo();

    /// <summary>Another program serves the same plugin; null: not any more.</summary>
    void TellConflict(Diagnostic? problem);
}
