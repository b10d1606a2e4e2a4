using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Go.Commands;
using Omniview.Plugin.Core.Go.Modules;

namespace Omniview.Plugin.Core.Go.Building;

/// <summary>Gathers what <c>go list</c> tells of one package after the other.</summary>
internal sealed class GoListingContent
{
    private const int LongestChain = 40; // of links: Linux's own limit

    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly HashSet<string> _packageFolders = new(StringComparer.Ordinal);
    private readonly HashSet<string> _embedded = new(StringComparer.Ordinal);
    private readonly HashSet<string> _embedFolders = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ignored = new(StringComparer.Ordinal);
    private readonly HashSet<string> _linked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _modules = new(StringComparer.Ordinal); // folder to path
    private readonly List<(string ImportPath, string Folder)> _foreign = [];
    private readonly List<GoListedPackage> _packages = [];

    public void Add(GoLister.Package package, bool isOwn)
    {
        if (package is { ImportPath: { } path, Export: { Length: > 0 } archive })
        {
            _packages.Add(new GoListedPackage(path, archive, package.BuildId ?? "", isOwn));
        }

        if (package.Dir is not { Length: > 0 } folder || package.Standard)
        {
            return;
        }

        _foreign.Add((package.ImportPath ?? "", folder));
        if (!isOwn)
        {
            return;
        }

        _packageFolders.Add(folder);
        _folders.Add(folder);
        _folders.Add(RealPath.Of(folder) ?? folder); // events of the file system come from there
        _ignored.UnionWith((package.IgnoredGoFiles ?? []).Select(file => Path.Combine(folder, file)));
        _embedded.UnionWith((package.EmbedFiles ?? []).Select(file => Path.Combine(folder, file)));
        _embedFolders.UnionWith(
            (package.EmbedPatterns ?? []).Select(pattern => GoEmbeds.Folder(folder, pattern)).OfType<string>());
        foreach (var file in package.GoFiles ?? [])
        {
            AddLinks(Path.Combine(folder, file));
        }

        if (package.Module?.Dir is { Length: > 0 } module)
        {
            _modules[module] = package.Module.Path ?? "";
        }
    }

    /// <summary>Null when it is made of nothing of the author's.</summary>
    /// <param name="request">How the program is built.</param>
    public GoListing? Finish(GoBuildRequest request)
    {
        var workspace = request.Workspace();
        var moduleFiles = _modules.Keys.SelectMany(
            module => new[] { Path.Combine(module, "go.mod"), Path.Combine(module, "go.sum") }).ToHashSet(
                StringComparer.Ordinal);
        if (workspace.File is { } work)
        {
            moduleFiles.UnionWith([work, work + ".sum"]);
        }

        var places = new GoPlaces(request, _modules.Keys);
        var surroundings = _packageFolders.Concat(_embedded.Select(file => Path.GetDirectoryName(file)!))
            .Distinct(StringComparer.Ordinal).SelectMany(places.Above);
        var set = new GoSourceSet(_folders, _embedded, [.. _embedFolders], moduleFiles)
        {
            Places = places.OfModules(workspace).Concat(surroundings).Where(place => !moduleFiles.Contains(place))
                .ToHashSet(StringComparer.Ordinal),
            Linked = _linked,
        };
        return _folders.Count == 0
            ? null
            : new GoListing(set, _packages)
            {
                PackageFolders = _packageFolders,
                AmbiguousFolders = FindAmbiguousFolders(),
                Ignored = _ignored,
            };
    }

    /// <summary>
    /// Where else a package would be found, which makes it ambiguous: in each module of the author's whose path its own
    /// begins with.
    /// </summary>
    private HashSet<string> FindAmbiguousFolders() =>
        _foreign.SelectMany(package => _modules
            .Where(module => package.ImportPath.StartsWith(module.Value + "/", StringComparison.Ordinal))
            .Select(module => Path.GetFullPath(package.ImportPath[(module.Value.Length + 1)..], module.Key))
            .Where(folder => folder != package.Folder)).ToHashSet(StringComparer.Ordinal);

    private void AddLinks(string file)
    {
        var name = file;
        for (var left = LongestChain; left > 0 && FileFacts.Of(name)?.Kind == FileKind.Link; left--)
        {
            if (new FileInfo(name).LinkTarget is not { } target)
            {
                return;
            }

            name = Path.GetFullPath(target, Path.GetDirectoryName(name)!);
            _linked.Add(name);
            _linked.Add(
                RealPath.Of(Path.GetDirectoryName(name)!) is { } real
                    ? Path.Combine(real, Path.GetFileName(name))
                    : name);
        }
    }
}
