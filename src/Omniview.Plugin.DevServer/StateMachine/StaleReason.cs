using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.DevServer.StateMachine;

/// <summary>Why the plugin that runs is older than the sources: half a sentence for the state.</summary>
internal static class StaleReason
{
    public const string Build = "build failed";
    public const string ProjectGone = "the project's folder can't be read";
    public const string EndedAtStart = "the new program ended at its start";

    public static string Of(Diagnostic problem) => problem.Code switch
    {
        DiagnosticCodes.PluginDidNotStart => "the new program did not start",
        DiagnosticCodes.HandshakeUnreadable => "the new program's handshake can't be used",
        DiagnosticCodes.PluginNotHealthy => "the new program did not get healthy",
        DiagnosticCodes.NoFreePort => "there was no port for the new program",
        ['O', 'V', 'P', '4', ..] => "the new program could not be installed",
        _ => Build,
    };
}
