namespace Omniview.Plugin.DevServer.StateMachine;

/// <summary>What is wanted of a plugin as a whole.</summary>
internal enum Life
{
    /// <summary>Made, and told nothing yet.</summary>
    New,

    /// <summary>Everything its manifest asks for is to run.</summary>
    Running,

    /// <summary>Everything is to end, and then to run again.</summary>
    Restarting,

    /// <summary>Everything is to end.</summary>
    Stopping,

    /// <summary>Everything has ended, and nothing begins any more.</summary>
    Stopped,
}
