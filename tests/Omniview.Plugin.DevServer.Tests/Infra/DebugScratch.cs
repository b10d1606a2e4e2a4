using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Tests.Infra;

/// <summary>The sample's backend under the real debugger.</summary>
public abstract class DebugScratch : HostScratch
{
    protected const string Running = "\"Running\":true";

    public override ValueTask InitializeAsync()
    {
        Plugins.CopyBackend(Project);
        return ValueTask.CompletedTask;
    }

    private protected Task<Dev> DebugAsync() =>
        OpenAsync(
            Settings(Project) with
            {
                Go = new()
                {
                    Debuggable = true,
                    DlvPath = Dlv.Path,
                    DebugPort = OwnPorts.PortStart,
                },
            });

    protected List<string> Debuggers() => Processes(" exec --headless ");

    /// <summary>It is told before or behind the state that it belongs to.</summary>
    private protected static async Task<int> PortAsync(Dev dev)
    {
        await Poll.UntilAsync(() => dev.Logs.Any(IsAddress), "where the debugger listens is told");
        return Dlv.PortIn(Assert.Single(dev.Logs, IsAddress).Message);

        static bool IsAddress(LogEntry entry) =>
            entry.Message.StartsWith("debugger: dlv connect ", StringComparison.Ordinal);
    }
}
