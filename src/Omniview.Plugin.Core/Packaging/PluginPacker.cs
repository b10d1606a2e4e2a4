using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Go.Toolchain;
using Omniview.Plugin.Core.Manifest;

namespace Omniview.Plugin.Core.Packaging;

/// <summary>
/// Packs a built plugin: an archive for each platform, beside each its checksum, and one JSON file that lists them.
/// </summary>
internal static class PluginPacker
{
    private const UnixFileMode Readable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// Removes what a pack of these platforms wrote before. Called first of all, so that a pack which fails in any step
    /// leaves no archive that looks like its own. An id that is not legal names no file.
    /// </summary>
    /// <exception cref="DiagnosticException">OVP1017, OVP1020, OVP4005.</exception>
    public static void RemoveOld(
        string outputDirectory,
        string template,
        string pluginId,
        string version,
        IEnumerable<string> runtimeIdentifiers)
    {
        if (PluginId.Problem(pluginId) is not null)
        {
            return;
        }

        var names = Names(template, pluginId, version, runtimeIdentifiers);
        PackagingProblem.Guard(outputDirectory, () =>
        {
            if (Directory.Exists(outputDirectory))
            {
                Temporaries.RemoveAbandoned(outputDirectory);
                foreach (var archive in names.Values.Select(name => Path.Combine(outputDirectory, name)))
                {
                    File.Delete(archive);
                    File.Delete(ChecksumOf(archive));
                }

                File.Delete(Path.Combine(outputDirectory, ManifestName(pluginId)));
            }

            return true;
        });
    }

    /// <summary>Returns the archives' absolute paths in the order of their platforms' keys.</summary>
    /// <exception cref="DiagnosticException">OVP1017, OVP1020, OVP4004, OVP4005: nothing of this pack is left
    /// then.</exception>
    public static IReadOnlyList<string> Pack(PackRequest request, CancellationToken cancellation)
    {
        var names = Names(request.NameTemplate, request.PluginId, request.Version, request.Binaries.Keys);
        try
        {
            SortedDictionary<string, PackedArchive> archives = new(StringComparer.Ordinal);
            foreach (var (runtimeIdentifier, binary) in request.Binaries)
            {
                var target = GoTarget.FromRuntimeIdentifier(runtimeIdentifier);
                var file = Path.Combine(request.OutputDirectory, names[runtimeIdentifier]);
                var checksum = PluginArchive.Write(new PluginLayout(
                    target, request.Manifest, binary, request.Assets), file, cancellation);
                // the hex alone, which is what the registry's signatures are made over
                Write(ChecksumOf(file), checksum);
                archives[ArchiveName.Platform(target)] = new PackedArchive(
                    names[runtimeIdentifier], checksum, new FileInfo(file).Length);
            }

            var manifest = new
            {
                id = request.PluginId,
                version = request.Version,
                archives,
            };
            Write(
                Path.Combine(request.OutputDirectory, ManifestName(request.PluginId)),
                JsonSerializer.Serialize(manifest, Json) + "\n");
            return [.. archives.Values.Select(archive => Path.Combine(request.OutputDirectory, archive.File))];
        }
        catch
        {
            RemoveOld(
                request.OutputDirectory,
                request.NameTemplate,
                request.PluginId,
                request.Version,
                request.Binaries.Keys);
            throw;
        }
    }

    /// <summary>The file that lists the archives.</summary>
    public static string ManifestName(string pluginId) => $"{pluginId}.archives.json";

    private static string ChecksumOf(string archive) => archive + ".sha256";

    private static void Write(string file, string text) =>
        PackagingProblem.Guard(Path.GetDirectoryName(file)!, () =>
        {
            AtomicFile.Write(file, Encoding.UTF8.GetBytes(text), Readable);
            return true;
        });

    private static Dictionary<string, string> Names(
        string template, string pluginId, string version, IEnumerable<string> runtimeIdentifiers)
    {
        Dictionary<string, string> names = new(StringComparer.Ordinal), taken = new(StringComparer.OrdinalIgnoreCase);
        HashSet<string> platforms = new(StringComparer.Ordinal);
        foreach (var runtimeIdentifier in runtimeIdentifiers)
        {
            var name = ArchiveName.For(template, pluginId, version, runtimeIdentifier) + ".tar.gz";
            if (!platforms.Add(ArchiveName.Platform(GoTarget.FromRuntimeIdentifier(runtimeIdentifier))))
            {
                throw new DiagnosticException(
                    PackagingProblem.Of(
                        "RuntimeIdentifiers names two that are the same to Go and to Omniview: "
                            + $"{string.Join(", ", runtimeIdentifiers)}. Take one away, such as linux-musl-x64 " +
                                "beside linux-x64."
                    ));
            }

            if (!taken.TryAdd(name, runtimeIdentifier))
            {
                throw ArchiveName.Bad(template, $"gives {taken[name]} and {runtimeIdentifier} the same name, {name}");
            }

            names[runtimeIdentifier] = name;
        }

        return names;
    }
}
