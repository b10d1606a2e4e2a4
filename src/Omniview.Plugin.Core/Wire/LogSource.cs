namespace Omniview.Plugin.Core.Wire;

/// <summary>Who said a log line. The first four are Omniview's names.</summary>
internal static class LogSource
{
    public const string Vite = "vite";
    public const string GoBuild = "go-build";
    public const string GoWatch = "go-watch";
    public const string Manager = "manager";
    public const string Plugin = "plugin";
}
