using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Ui.Packages;

/// <summary>The programs a UI is built with, and the environment they get. Finding them starts nothing.</summary>
internal sealed record UiTools(NodeTool Node, PackageManager Manager, IReadOnlyDictionary<string, string?> Environment)
{
    /// <exception cref="Diagnostics.DiagnosticException">OVP2004, OVP2005, OVP5007.</exception>
    public static UiTools Find(UiInstallRequest request)
    {
        var finder = new ExecutableFinder(
            request.Ui.ProjectDirectory, UiEnvironment.Variable(request.Environment, "PATH"));
        var node = NodeTool.Find(
            finder, request.NodePath, UiEnvironment.Variable(request.Environment, NodeTool.PathVariable));
        var manager = PackageManager.Detect(request.Ui, finder, request.PackageManagerPath, node);
        var environment = UiEnvironment.For(
            request.Environment, node.Folder, Path.GetDirectoryName(manager.Executable)!);
        return new UiTools(node, manager, environment);
    }
}
