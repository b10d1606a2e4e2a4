namespace Omniview.Plugin.DevServer.StateMachine;

/// <summary>What can be wrong with a UI.</summary>
internal enum UiPart
{
    /// <summary>Vite itself.</summary>
    Server,

    /// <summary>Its configuration, which it can't take over.</summary>
    Configuration,

    /// <summary>What it serves.</summary>
    Modules,

    /// <summary>The types.</summary>
    Types,
}
