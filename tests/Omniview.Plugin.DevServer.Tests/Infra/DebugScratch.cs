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

    private protected static int Port(Dev dev) =>
        Dlv.PortIn(Assert.Single(
            dev.Logs, entry => entry.Message.StartsWith("debugger: dlv connect ", StringComparison.Ordinal)).Message);
}
