using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.DevServer.StateMachine;

namespace Omniview.Plugin.DevServer.Running;

/// <summary>What an exception on the way from a build to a plugin that answers means to people.</summary>
internal static class StartProblem
{
    /// <param name="e">Any exception.</param>
    /// <param name="what">What failed: "The plugin could not be started".</param>
    public static StartFailure Of(Exception e, string what) =>
        e is DiagnosticException known
            ? new StartFailure(
                known.Diagnostic,
                e.InnerException is PluginEndedException ? StaleReason.EndedAtStart : StaleReason.Of(known.Diagnostic))
            : new StartFailure(
                Diagnostic.Error(DiagnosticCodes.TransferFailed, $"{what}: {e.Message}"), StaleReason.Build);
}
