namespace Omniview.Plugin.DevServer.StateMachine;

/// <summary>What a problem came from; a new result replaces the problems of its own source only.</summary>
internal enum ProblemSource
{
    Project,
    Manifest,
    Watching,
    Go,
    Plugin,
    Debugger,
    Ui,
    External,
}
