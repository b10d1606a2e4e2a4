namespace Omniview.Plugin.DevServer.Tests.Faults;

/// <summary>What it happens to.</summary>
public enum Victim
{
    Client,
    Host,
    Plugin,
    Vite,
    Go,
}
