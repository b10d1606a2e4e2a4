using System.Globalization;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Ui;

/// <summary>How Vite is started to serve: by node itself, on loopback, on exactly the port it is given.</summary>
public static class ViteDevServer
{
    /// <exception cref="DiagnosticException">OVP2004, OVP2005, OVP5006, OVP5007.</exception>
    public static ProcessSpec Spec(UiInstallRequest request, int port)
    {
        var tools = UiTools.Find(request);
        string[] arguments = [ViteScript.Require(request.Ui), "--host", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture), "--strictPort"];
        return new ProcessSpec(tools.Node.Executable, arguments, request.Ui.Directory) { Environment = tools.Environment, KeepInputOpen = true };
    }
}
