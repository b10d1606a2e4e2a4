using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Go.Building;

namespace Omniview.Plugin.Core.Go.Incremental;

/// <summary>
/// All that decides what a program is: the evidence for leaving out the go command. Nobody has to tell what changed,
/// and an event that got lost costs nothing: all of it is looked at before each build, which takes about a microsecond
/// a path.
/// </summary>
internal sealed class BuildInputs
{
    private const int Most = 20_000;

    private readonly List<BuildInput> _sources = [];
    private readonly List<BuildInput> _others = [];
    private readonly List<InputFolder> _folders = [];

    private BuildInputs()
    {
    }

    /// <summary>In nanoseconds since 1970: from when on a write to any of them is certain to show.</summary>
    public long SettledAt { get; private set; }

    /// <summary>Those of a program as they are now; null when there are too many.</summary>
    /// <param name="listing">What it is made of.</param>
    /// <param name="plan">How it is built.</param>
    /// <param name="settings">Files that hold settings of go's, which need not be there.</param>
    /// <param name="go">Absolute path of the go command.</param>
    public static BuildInputs? Of(GoListing listing, BuildPlan plan, IEnumerable<string> settings, string go)
    {
        var inputs = new BuildInputs();
        return inputs.Take(listing, plan, settings, go) ? inputs : null;
    }

    /// <summary>Looks at all of it. From here on, what is there now is what was last there.</summary>
    /// <returns>The Go files whose code is another; null when something else is, and only go can say what that
    /// means.</returns>
    public IReadOnlyList<string>? Changed()
    {
        if (_others.Exists(other => !other.IsSame()) || _folders.Exists(folder => !folder.IsSame()))
        {
            return null;
        }

        List<string> changed = [];
        foreach (var source in _sources)
        {
            var head = source.Head;
            if (source.IsSame())
            {
                continue;
            }

            if (source.Head is null || source.Head != head)
            {
                return null; // it is gone, or may need other files
            }

            changed.Add(source.Path);
        }

        return changed;
    }

    private bool Take(GoListing listing, BuildPlan plan, IEnumerable<string> settings, string go)
    {
        var set = listing.Sources;
        var compiled = plan.Compile.SelectMany(step => step.Sources).ToHashSet(StringComparer.Ordinal);
        var others = set.ModuleFiles.Concat(set.Places).Concat(set.Embedded).Concat(settings).ToHashSet(
            StringComparer.Ordinal);
        _folders.AddRange(listing.PackageFolders.Select(folder => new InputFolder(folder, IsOfPackage)));
        _folders.AddRange(listing.AmbiguousFolders.Select(folder => new InputFolder(folder, GoSourceSet.IsLookedAt)));
        _folders.AddRange(set.EmbedFolders.SelectMany(Tree).DistinctBy(folder => folder.Path).Take(Most));
        foreach (
            var file in _folders.Take(listing.PackageFolders.Count).SelectMany(folder => folder.Entries).Take(Most))
        {
            // The first lines of tests, and of files for other systems, count too.
            if (compiled.Contains(file) || listing.Ignored.Contains(file)
                || file.EndsWith("_test.go", StringComparison.Ordinal))
            {
                _sources.Add(new BuildInput(file));
            }
            else
            {
                others.Add(file);
            }
        }

        _others.AddRange(others.Select(file => new BuildInput(file)));
        _others.AddRange(
            plan.Compile.Append(plan.Link)
                .Select(step => step.Executable)
                .Append(go)
                .Distinct()
                .Select(tool => new BuildInput(tool, hasContent: false)));
        SettledAt = _sources
            .Concat(_others)
            .Select(input => input.SettledAt)
            .Concat(_folders.Select(folder => folder.SettledAt))
            .Max();
        return _sources.Count + _others.Count + _folders.Count < Most;
    }

    private static bool IsOfPackage(string name) => GoSourceSet.IsLookedAt(name) || name is "default.pgo";

    /// <summary>A folder that is embedded, and those in it; what a file is called does not matter here.</summary>
    private static IEnumerable<InputFolder> Tree(string root)
    {
        var left = new Stack<string>([root]);
        while (left.TryPop(out var path))
        {
            var folder = new InputFolder(path, _ => true);
            yield return folder;
            foreach (var entry in folder.Entries.Where(entry => FileFacts.Of(entry)?.Kind == FileKind.Folder))
            {
                left.Push(entry);
            }
        }
    }
}
