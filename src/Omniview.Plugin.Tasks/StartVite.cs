using Microsoft.Build.Framework;
using Omniview.Plugin.Core.Client;
using Task = System.Threading.Tasks.Task;

namespace Omniview.Plugin.Tasks;

/// <summary>
/// Has the dev host start the plugin's servers, Vite first of all, and returns at once with where Vite will answer.
/// The open session is left with MSBuild for <see cref="WatchPlugin"/>; when the build ends without that, or dies, the
/// session closes and the host stops what it started.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class StartVite : DevHostTask
{
    /// <summary>The port Vite has or will have; 0 for a plugin without a UI.</summary>
    [Output]
    public int VitePort { get; set; }

    protected override async Task RunAsync(CancellationToken cancellation)
    {
        if (Environment.GetEnvironmentVariable("DOTNET_WATCH") == "1")
        {
            throw new Core.Diagnostics.DiagnosticException(Core.Diagnostics.Diagnostic.Error(
                Core.Diagnostics.DiagnosticCodes.DevUnderDotnetWatch,
                "The target Dev watches by itself and does not work under dotnet watch. Use `dotnet build -t:Dev` " +
                "or `dotnet run` without watch."));
        }

        var (stateDirectory, settings) = ReadSettings();
        var host = await HostFinder.EnsureAsync(stateDirectory, HostCommand, cancellation, Report);
        var session = await host.OpenSessionAsync(settings, cancellation);
        VitePort = session.Started.State.VitePort;
        BuildEngine4.RegisterTaskObject(
            OpenSession.Key(ProjectDirectory),
            new OpenSession(session),
            RegisteredTaskObjectLifetime.Build,
            allowEarlyCollection: false);
    }
}
