using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.DevServer.Instances;

/// <summary>Why the plugin that runs is older than the sources: half a sentence for the state.</summary>
internal static class StaleReason
{
    public const string Build = "build failed";

    public static string Of(DiagnosticException failure) => failure.Diagnostic.Code switch
    {
        _ when failure.InnerException is PluginEndedException => "the new program ended at its start",
        DiagnosticCodes.PluginDidNotStart => "the new program did not start",
        DiagnosticCodes.HandshakeUnreadable => "the new program's handshake can't be used",
        DiagnosticCodes.PluginNotHealthy => "the new program did not get healthy",
        DiagnosticCodes.NoFreePort => "there was no port for the new program",
        ['O', 'V', 'P', '4', ..] => "the new program could not be installed",
        _ => Build,
    };
}
