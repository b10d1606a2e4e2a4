using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.DevServer.Grpc;

namespace Omniview.Plugin.DevServer.Tests.Infra;

/// <summary>What Omniview does with a plugin it has found through <c>.devinfo</c>.</summary>
internal static class OmniviewApp
{
    /// <summary>One health call to the plugin the file names.</summary>
    public static async Task<bool> IsServingAsync(string devInfoFile)
    {
        if (DevInfoFile.Read(devInfoFile) is not { } devInfo)
        {
            return false;
        }

        using var connection = new PluginConnection(new PluginAddress(
            devInfo.Addr.StartsWith('/') ? "unix" : "tcp", devInfo.Addr));
        return await connection.CheckHealthAsync(TestContext.Current.CancellationToken) == PluginHealth.Serving;
    }
}
