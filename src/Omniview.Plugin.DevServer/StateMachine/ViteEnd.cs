namespace Omniview.Plugin.DevServer.StateMachine;

/// <summary>How a Vite came to its end.</summary>
internal enum ViteEnd
{
    /// <summary>It was told to, or did not begin.</summary>
    Told,

    /// <summary>Another program has its port.</summary>
    PortTaken,

    /// <summary>It could not be started, or ended by itself.</summary>
    Failed,
}
