using System.Globalization;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Ui.Packages;

namespace Omniview.Plugin.Core.Ui.Vite;

/// <summary>How Vite is started to serve: by node itself, on loopback, on exactly the port it is given.</summary>
internal static class ViteDevServer
{
    /// <exception cref="DiagnosticException">OVP2004, OVP2005, OVP5006, OVP5007.</exception>
    public static ProcessSpec Spec(UiInstallRequest request, int port)
    {
        var tools = UiTools.Find(request);
        string[] arguments =
        [
            ViteScript.SourceMaps,
            ViteScript.Require(request.Ui),
            "--host",
            "127.0.0.1",
            "--port",
            port.ToString(CultureInfo.InvariantCulture),
            "--strictPort",
        ];
        return new ProcessSpec(tools.Node.Executable, arguments, request.Ui.Directory)
        {
            Environment = tools.Environment,
            KeepInputOpen = true,
        };
    }

    /// <summary>Why it did not come up: what its configuration says, or only that it ended.</summary>
    /// <param name="output">What it printed, without colours.</param>
    /// <param name="exitCode">How it ended.</param>
    /// <param name="ui">The UI.</param>
    public static IReadOnlyList<Diagnostic> WhyEnded(IReadOnlyCollection<string> output, int exitCode, UiProject ui) =>
        ViteErrors.Failed(output, ui.Directory) is { Count: > 0 } found
            && output.Any(line => line.StartsWith("error when starting dev server:", StringComparison.Ordinal)) ? found
        : [Diagnostic.Error(
            DiagnosticCodes.ViteNotReady, $"Vite ended with exit code {exitCode} before it was ready. Its output is " +
                "in the log under [vite].")];

    /// <summary>
    /// What is wrong with the configuration as it is now: of one that it can not take over a Vite that serves tells the
    /// message alone, and goes on with the old one.
    /// </summary>
    public static async Task<IReadOnlyList<Diagnostic>> WhyUnconfiguredAsync(
        UiInstallRequest request, CancellationToken cancellation)
    {
        const string Resolve = """
            import('vite').then(vite => vite.resolveConfig({}, 'serve').then(() => 0, error => {
              console.error('error when starting dev server:\n' + (error?.stack ?? error));
              return 1;
            }), () => 0 /* a Vite that can't be asked says nothing about the configuration */).then(process.exit);
            """;
        var tools = UiTools.Find(request);
        var spec = new ProcessSpec(
            tools.Node.Executable, [ViteScript.SourceMaps, "--input-type=module", "-e", Resolve], request.Ui.Directory)
        {
            Environment = tools.Environment,
            IsBackground = true,
        };
        var said = new OutputTail(_ => { });
        var exitCode = await ToolRunner.RunAsync(spec, said.Add, cancellation);
        return exitCode == 0 ? [] : ViteErrors.Failed(said.Lines, request.Ui.Directory);
    }

    /// <summary>
    /// OVP6002 when its Node.js is none that Vite says it runs with; null also when either does not say.
    /// </summary>
    public static async Task<Diagnostic?> WhyUnfitAsync(UiInstallRequest request, CancellationToken cancellation)
    {
        var tools = UiTools.Find(request);
        var spec = new ProcessSpec(tools.Node.Executable, ["--version"], request.Ui.Directory)
        {
            Environment = tools.Environment,
        };
        var (_, said) = await ToolRunner.CaptureAsync(spec, cancellation);
        return NpmVersion.TryParse(said.Trim(), out var version) && ViteScript.Package(request.Ui) is { } vite
            && vite.Engines.GetValueOrDefault("node") is { } range && version.IsOutside(range)
            ? Diagnostic.Error(
                DiagnosticCodes.NodeVersionUnfit,
                $"Vite {vite.Version} runs with Node.js {range}, and {tools.Node.Executable} is {version}. Install " +
                "a Node.js in that range, or set the property OmniviewNodePath to one.").At(vite.File)
            : null;
    }
}
