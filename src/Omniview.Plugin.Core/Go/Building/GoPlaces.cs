using Omniview.Plugin.Core.Go.Commands;
using Omniview.Plugin.Core.Go.Modules;

namespace Omniview.Plugin.Core.Go.Building;

/// <summary>
/// Where a file decides what a program is made of, or would if it were there: the go command looks there each time, and
/// nothing tells of one that comes.
/// </summary>
/// <param name="request">How the program is built.</param>
/// <param name="modules">Folders of the modules whose packages are in it.</param>
internal sealed class GoPlaces(GoBuildRequest request, IReadOnlyCollection<string> modules)
{
    private readonly HashSet<string> _modules = new(modules, StringComparer.Ordinal);

    /// <summary>
    /// The go.work in force, or that would be if it were there; and the vendor folder of each module that may have one.
    /// </summary>
    public IEnumerable<string> OfModules(GoWorkspace workspace)
    {
        var work = workspace.File;
        foreach (var folder in workspace.IsLookedFor ? Up(request.ProjectDirectory) : [])
        {
            yield return Path.Combine(folder, GoWorkspace.FileName);
        }

        foreach (
            var folder in _modules
                .Append(work is null ? null : Path.GetDirectoryName(work))
                .Append(MainModule())
                .OfType<string>()
                .Distinct(StringComparer.Ordinal))
        {
            yield return Path.Combine(folder, "vendor");
            yield return Path.Combine(folder, "vendor", "modules.txt");
        }

        foreach (var folder in Up(request.ProjectDirectory))
        {
            yield return Path.Combine(folder, "go.mod"); // the nearest is the main module's
            if (File.Exists(Path.Combine(folder, "go.mod")))
            {
                break;
            }
        }

        foreach (var file in _modules.Select(folder => Path.Combine(folder, "go.mod")).Append(work).OfType<string>())
        {
            foreach (var folder in LocalModules(file))
            {
                // also of a module without packages in the program: it may ask for other versions
                yield return Path.Combine(folder, "go.mod");
                yield return Path.Combine(folder, "go.sum");
            }
        }
    }

    /// <summary>
    /// A go.mod in a folder makes it, with all below, another module: up to the folder of the module.
    /// </summary>
    public IEnumerable<string> Above(string folder)
    {
        foreach (var parent in Up(folder).TakeWhile(parent => !_modules.Contains(parent)))
        {
            yield return Path.Combine(parent, "go.mod");
        }
    }

    private string? MainModule() =>
        GoModule.Read(request.ProjectDirectory) is { File: var file } ? Path.GetDirectoryName(file) : null;

    /// <summary>Folders that a go.mod or go.work names: <c>use ./x</c>, <c>replace m => ../x</c>.</summary>
    private static IEnumerable<string> LocalModules(string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        var block = "";
        foreach (var words in GoModule.Lines(file).Select(GoModule.Words))
        {
            if (words is [")", ..])
            {
                block = "";
            }
            else if (words is [var verb, "("])
            {
                block = verb;
            }
            else if (words is [.., var target] && IsPath(target)
                && (words.Contains("=>") || words[0] == "use" || block == "use"))
            {
                yield return Path.GetFullPath(target, folder);
            }
        }
    }

    // Go Modules Reference, "replace directive"
    private static bool IsPath(string word) => word.StartsWith('.') || Path.IsPathRooted(word);

    private static IEnumerable<string> Up(string folder)
    {
        for (var parent = folder; parent is not null; parent = Path.GetDirectoryName(parent))
        {
            yield return parent;
        }
    }
}
