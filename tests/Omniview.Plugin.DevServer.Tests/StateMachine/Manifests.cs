using Omniview.Plugin.Core.Manifest;

namespace Omniview.Plugin.DevServer.Tests.StateMachine;

/// <summary>What a plugin.yaml may say.</summary>
internal static class Manifests
{
    public static PluginManifest Of(bool hasUi, bool hasBackend) => new()
    {
        File = "/p/plugin.yaml",
        Id = "p",
        Version = "1.0.0",
        Name = "p",
        Capabilities = [.. hasBackend ? (string[])["resource"] : [], .. hasUi ? (string[])["ui"] : []],
    };
}
