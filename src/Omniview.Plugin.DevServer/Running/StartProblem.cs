using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.DevServer.StateMachine;

namespace Omniview.Plugin.DevServer.Running;

/// <summary>What an exception on the way from a build to a plugin that answers means to people.</summary>
internal static class StartProblem
{
    public static StartFailure Of(DiagnosticException e) =>
        new(e.Diagnostic, e.InnerException is PluginEndedException ? StaleReason.EndedAtStart : StaleReason.Of(e.Diagnostic));

    /// <param name="e">Any exception.</param>
    /// <param name="what">What failed: "The plugin could not be started".</param>
    public static StartFailure Of(Exception e, string what) => e is DiagnosticException known ? Of(known)
        : new StartFailure(Diagnostic.Error(DiagnosticCodes.TransferFailed, $"{what}: {e.Message}"), StaleReason.Build);
}
