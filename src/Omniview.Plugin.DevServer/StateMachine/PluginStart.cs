namespace Omniview.Plugin.DevServer.StateMachine;

/// <summary>A plugin that is being started.</summary>
/// <param name="Number">Of this start.</param>
/// <param name="IsReturn">It is the program that ran before, and no new generation.</param>
/// <param name="VitePort">The port that it is told.</param>
internal sealed record PluginStart(int Number, bool IsReturn, int VitePort)
{
    /// <summary>0 until there is a process.</summary>
    public int Pid { get; init; }

    /// <summary>It has been told to end.</summary>
    public bool IsCancelled { get; init; }
}
