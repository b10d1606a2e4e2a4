namespace Omniview.Plugin.DevServer.Running;

/// <summary>A plugin has ended before it was ready.</summary>
internal sealed class PluginEndedException(int exitCode) : Exception
{
    public int ExitCode { get; } = exitCode;
}
