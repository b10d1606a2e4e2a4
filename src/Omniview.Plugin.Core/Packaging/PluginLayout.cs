using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Go.Building;
using Omniview.Plugin.Core.Go.Toolchain;

namespace Omniview.Plugin.Core.Packaging;

/// <summary>
/// What Omniview installs of a plugin for one platform: <c>plugin.yaml</c>, <c>bin/plugin[.exe]</c>, <c>assets/**</c>.
/// </summary>
internal sealed class PluginLayout
{
    private const UnixFileMode Readable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <param name="platform">What the binary has to be for.</param>
    /// <param name="manifest">Absolute path of plugin.yaml.</param>
    /// <param name="binary">Absolute path of the built backend; null without one.</param>
    /// <param name="assets">Absolute path of the built UI's assets; null without a UI.</param>
    /// <exception cref="DiagnosticException">OVP4004: one of them is not there. OVP4005: the binary is for another
    /// platform, or an asset is a link.</exception>
    public PluginLayout(GoTarget platform, string manifest, string? binary, string? assets)
    {
        List<LayoutFile> files = [new("plugin.yaml", Existing(manifest), Readable)];
        if (binary is not null)
        {
            RequirePlatform(Existing(binary), platform);
            files.Add(new($"bin/plugin{platform.ExecutableExtension}", binary, Permissions.Runnable));
        }

        if (assets is not null)
        {
            files.AddRange(
                Assets(assets)
                    .Select(file => new LayoutFile(
                        $"assets/{file.Replace(Path.DirectorySeparatorChar, '/')}",
                        Path.Combine(assets, file),
                        Readable)));
        }

        Files = [.. files.OrderBy(file => file.Name, StringComparer.Ordinal)];
    }

    /// <summary>In the order of their names, byte by byte.</summary>
    public IReadOnlyList<LayoutFile> Files { get; }

    private static IReadOnlyList<string> Assets(string folder)
    {
        var tree = FolderTree.Read(folder);
        if (tree.Links is [var link, ..])
        {
            var file = Path.Combine(folder, link);
            throw new DiagnosticException(PackagingProblem.Of(
                $"{file} is a link; only plain files are packed as assets, so that nothing from outside the folder " +
                "gets in. Put the file itself there.").At(file));
        }

        return tree.Files.Count > 0 ? tree.Files : throw Missing(folder);
    }

    private static void RequirePlatform(string binary, GoTarget platform)
    {
        if (GoProgram.Read(binary)?.Fits(platform.Goos!, platform.Goarch) != true)
        {
            throw new DiagnosticException(
                PackagingProblem
                    .Of(
                        $"{binary} is not a program for {platform.Goos}/{platform.Goarch}. Build again for that " +
                        "platform, "
                            + "without --no-build; if GOOS or GOARCH is set, take it away and name the platform by " +
                                "RuntimeIdentifier."
                    )
                    .At(binary));
        }
    }

    private static string Existing(string file) => File.Exists(file) ? file : throw Missing(file);

    private static DiagnosticException Missing(string path) =>
        new(Diagnostic.Error(
            DiagnosticCodes.TransferSourceMissing, $"{path} does not exist or is empty, and it is a part of the " +
                "plugin. Build first, or leave --no-build out.").At(path));
}
