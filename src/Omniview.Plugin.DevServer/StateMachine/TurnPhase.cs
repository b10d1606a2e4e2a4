namespace Omniview.Plugin.DevServer.StateMachine;

/// <summary>How far a turn has got. The order is that of time.</summary>
internal enum TurnPhase
{
    /// <summary>A burst of saves: until it has been quiet for a moment.</summary>
    Settling,

    Building,

    /// <summary>A plugin that is being started or ended has to be out of the way first.</summary>
    WaitingForRoom,

    Installing,

    /// <summary>The old plugin goes first: the new one needs the debugger's port.</summary>
    MakingRoom,

    Starting,

    /// <summary>The new plugin could not be started, and the one that ran before is started again.</summary>
    Returning,

    /// <summary>The plugin is up: go is asked what the program is made of.</summary>
    Following,
}
