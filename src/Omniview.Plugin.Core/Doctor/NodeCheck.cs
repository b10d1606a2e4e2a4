using System.Runtime.CompilerServices;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Ui.Packages;
using Omniview.Plugin.Core.Ui.Vite;

namespace Omniview.Plugin.Core.Doctor;

/// <summary>Node.js is there, and one that the UI and its Vite say they run with.</summary>
internal static class NodeCheck
{
    /// <exception cref="DiagnosticException">OVP2004, OVP5007.</exception>
    public static async IAsyncEnumerable<Finding> RunAsync(
        CheckContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (!context.HasUi)
        {
            yield break;
        }

        var environment = context.Settings.Ui.Environment;
        var node = NodeTool.Find(
            context.Finder,
            context.Settings.Ui.NodePath,
            environment.GetValueOrDefault(NodeTool.PathVariable)
                ?? Environment.GetEnvironmentVariable(NodeTool.PathVariable));
        var said = await CheckContext.QueryToolAsync(
            node.Executable, ["--version"], new Dictionary<string, string?>(), cancellation);
        if (!NpmVersion.TryParse(said, out var version))
        {
            yield return Finding.Error(
                DiagnosticCodes.NodeVersionUnfit, $"{node.Executable} does not say its version.", "Install Node.js " +
                    "anew, or set the property OmniviewNodePath to another.").At(node.Executable);
            yield break;
        }

        context.AddFact($"Node.js {version} ({node.Executable})");
        foreach (
            var package in new[]
            {
                PackageFacts.Read(context.Ui.PackageJson),
                ViteScript.Package(context.Ui),
            }.OfType<PackageFacts>())
        {
            var range = package.Engines.GetValueOrDefault("node");
            if (version.IsOutside(range))
            {
                yield return Finding.Warning(
                    DiagnosticCodes.NodeVersionUnfit,
                    $"{package.Name} runs with Node.js {range}, and {node.Executable} is {version}.",
                    "Install a Node.js in that range, or set the property OmniviewNodePath to one.").At(package.File);
            }
        }
    }
}
