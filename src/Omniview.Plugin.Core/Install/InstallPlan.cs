using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.State;

namespace Omniview.Plugin.Core.Install;

/// <summary>
/// What an install will write, in order, and which assets it will remove. Making a plan writes nothing.
/// </summary>
internal sealed class InstallPlan
{
    private const string Entry = "entry.js";

    private readonly FolderTree? _assets;
    private readonly InstalledPlugin _plugin;

    /// <exception cref="DiagnosticException">OVP4004: a source is missing. OVP4002: a source can't be installed.
    /// OVP4003: a target folder is a link.</exception>
    public InstallPlan(InstallRequest request, InstalledPlugin plugin)
    {
        _plugin = plugin;
        var manifest = RequireFile(request.ManifestFile, "the manifest", "Add a plugin.yaml to the project.");
        var binary = request.BinaryFile is null
            ? null
            : RequireFile(request.BinaryFile, "the built backend", "Build it first.");
        _assets = request.AssetsDirectory is null ? null : RequireAssets(request.AssetsDirectory);
        Files =
        [
            new(manifest, plugin.ManifestFile, Permissions.Installed(manifest)),
            .. (_assets?.Files ?? [])
                .OrderBy(relative => relative == Entry)
                .Select(relative => new PlannedFile(
                    Path.Combine(request.AssetsDirectory!, relative),
                    Path.Combine(plugin.AssetsDirectory, relative),
                    Permissions.Installed(Path.Combine(request.AssetsDirectory!, relative)))),
        ];
        if (binary is not null)
        {
            Files =
            [
                .. Files,
                new(
                    binary,
                    plugin.BinaryFile(request.WindowsBinary),
                    Permissions.Installed(binary) | Permissions.Runnable),
            ];
        }

        foreach (var folder in Files.Select(file => Path.GetDirectoryName(file.Destination)!).Distinct())
        {
            PluginFolder.RequireNoLinks(plugin, folder);
        }
    }

    /// <summary>plugin.yaml, assets with entry.js after the chunks it loads, binary.</summary>
    public IReadOnlyList<PlannedFile> Files { get; }

    /// <summary>Installed assets and links that the source has no more.</summary>
    public List<string> StaleAssets()
    {
        if (_assets is null)
        {
            return [];
        }

        var installed = FolderTree.Read(_plugin.AssetsDirectory);
        // one name taken for two would be removed as a leftover
        var wanted = _assets.Files.ToHashSet(PathNames.Comparer);
        return
        [
            .. installed
                .Files.Concat(installed.Links)
                .Where(relative => !wanted.Contains(relative))
                .Select(relative => Path.Combine(_plugin.AssetsDirectory, relative)),
        ];
    }

    private static string RequireFile(string file, string what, string advice) =>
        File.Exists(file) ? file : throw Missing($"{file}, {what}, does not exist. {advice}", file);

    private static FolderTree RequireAssets(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw Missing($"{folder}, the built UI, does not exist. Build it first.", folder);
        }

        var tree = FolderTree.Read(folder);
        if (tree.Links is [var link, ..])
        {
            var file = Path.Combine(folder, link);
            throw new DiagnosticException(Diagnostic.Error(
                DiagnosticCodes.TransferFailed,
                $"{file} is a link; only plain files are installed as assets, so that nothing from outside the " +
                "folder gets in. Nothing was written. Put the file itself there.").At(file));
        }

        return tree.Files.Count > 0
            ? tree
            : throw Missing($"{folder}, the built UI, is empty. Build it first.", folder);
    }

    private static DiagnosticException Missing(string text, string path) =>
        new(Diagnostic.Error(
            DiagnosticCodes.TransferSourceMissing, $"{text} The installed plugin is unchanged.").At(path));
}
