using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Ui.Packages;

/// <summary>The node that runs Vite.</summary>
/// <param name="Executable">Absolute path.</param>
internal sealed record NodeTool(string Executable)
{
    /// <summary>Names a node for every project of a user or machine.</summary>
    public const string PathVariable = "OMNIVIEW_NODE_PATH";

    /// <summary>The folder of the executable; npm and corepack usually lie beside it.</summary>
    public string Folder => Path.GetDirectoryName(Executable)!;

    /// <summary>
    /// The given path, else the one in <see cref="PathVariable"/>, else the first node on PATH outside the project,
    /// else the one a version manager or installer has put in its usual place.
    /// </summary>
    /// <param name="finder">Searches PATH.</param>
    /// <param name="givenPath">The property OmniviewNodePath; empty counts as not given.</param>
    /// <param name="environmentPath">The value of <see cref="PathVariable"/>; empty counts as not given.</param>
    /// <exception cref="DiagnosticException">OVP2004: there is none, or the named one isn't a program.</exception>
    public static NodeTool Find(ExecutableFinder finder, string? givenPath = null, string? environmentPath = null) =>
        Find(finder, givenPath, environmentPath, WellKnownFolders.Node);

    internal static NodeTool Find(
        ExecutableFinder finder, string? givenPath, string? environmentPath, IEnumerable<string> wellKnown)
    {
        foreach (
            var (path, source) in new[]
            {
                (givenPath, "the property OmniviewNodePath"),
                (environmentPath, $"the environment variable {PathVariable}"),
            })
        {
            if (!string.IsNullOrWhiteSpace(path))
            {
                return Path.IsPathFullyQualified(path) && ExecutableFinder.IsExecutable(path)
                    ? new NodeTool(path)
                    : throw Missing(
                        $"{source} names \"{path}\", which isn't the absolute path of a program. Give it the path " +
                        "of a node, or remove it to have PATH searched.");
            }
        }

        return finder.Find("node", wellKnown) is { } found
            ? new NodeTool(found)
            : throw Missing(
                "Node.js isn't on PATH nor in its usual places, and the UI is built with it. Install Node.js 20.19 " +
                "or later, or set the property OmniviewNodePath to the path of a node.");
    }

    private static DiagnosticException Missing(string message) =>
        new(Diagnostic.Error(DiagnosticCodes.NodeNotFound, char.ToUpperInvariant(message[0]) + message[1..]));
}
