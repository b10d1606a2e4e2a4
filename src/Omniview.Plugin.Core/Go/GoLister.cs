using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Go;

/// <summary>Asks the go command what a program is made of.</summary>
public static class GoLister
{
    private const string Fields = "ImportPath,Dir,Standard,Module,EmbedPatterns,EmbedFiles,Export,BuildID,Error,DepsErrors";

    /// <summary>
    /// What the program the request would build is made of; null when go can't say all of it, as while an import leads nowhere.
    /// Takes about as long as a build with nothing to do, if there is nothing to do: what is not compiled yet is.
    /// </summary>
    /// <param name="request">What would be built, with its flags and environment.</param>
    /// <param name="workFolder">Absolute path of a folder for what go writes meanwhile; created.</param>
    /// <param name="cancellation">Ends go.</param>
    /// <exception cref="OperationCanceledException">Cancelled; no process is left by then.</exception>
    public static async Task<GoListing?> ListAsync(GoBuildRequest request, string workFolder, CancellationToken cancellation)
    {
        try
        {
            using var work = new GoWorkFolder(workFolder);
            var spec = new ProcessSpec(request.Toolchain.Executable, Arguments(request), request.ProjectDirectory) { Environment = work.LaidOver(GoBuildArguments.EnvironmentFor(request)) };
            var (exitCode, output) = await ToolRunner.CaptureAsync(spec, cancellation).ConfigureAwait(false);
            return exitCode == 0 ? Read(output, request) : null;
        }
        catch (Exception e) when (e is DiagnosticException or JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string[] Arguments(GoBuildRequest request) =>
        ["list", "-e", "-deps", "-export", $"-json={Fields}", .. GoFlags.For(request, GoCommand.Build), .. request.ExtraArguments, request.Package];

    private static GoListing? Read(string output, GoBuildRequest request)
    {
        var folders = new HashSet<string>(StringComparer.Ordinal);
        var embedded = new HashSet<string>(StringComparer.Ordinal);
        var embedFolders = new HashSet<string>(StringComparer.Ordinal);
        var modules = new HashSet<string>(StringComparer.Ordinal);
        var packages = new List<GoListedPackage>();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(output), new JsonReaderOptions { AllowMultipleValues = true });
        while (reader.Read())
        {
            var package = JsonSerializer.Deserialize<Package>(ref reader)!;
            if (package.Error is not null || package.DepsErrors is { Length: > 0 })
            {
                return null;
            }

            var isOwn = IsOwn(package);
            if (package is { ImportPath: { } path, Export: { Length: > 0 } archive })
            {
                packages.Add(new GoListedPackage(path, archive, package.BuildId ?? "", isOwn));
            }

            if (!isOwn || package.Dir is not { Length: > 0 } folder)
            {
                continue;
            }

            folders.Add(folder);
            folders.Add(Real(folder));
            embedded.UnionWith((package.EmbedFiles ?? []).Select(file => Path.Combine(folder, file)));
            embedFolders.UnionWith((package.EmbedPatterns ?? []).Select(pattern => EmbedFolder(folder, pattern)).OfType<string>());
            if (package.Module?.Dir is { Length: > 0 } module)
            {
                modules.Add(module);
            }
        }

        var moduleFiles = modules.SelectMany(module => new[] { Path.Combine(module, "go.mod"), Path.Combine(module, "go.sum") }).ToHashSet(StringComparer.Ordinal);
        if (WorkFile(request) is { } work)
        {
            moduleFiles.UnionWith([work, work + ".sum"]);
        }

        return folders.Count == 0 ? null : new GoListing(new GoSourceSet(folders, embedded, [.. embedFolders], moduleFiles), packages);
    }

    /// <summary>A version with a folder lies in the module cache, one without is vendored, one that replaces lies in the cache too.</summary>
    private static bool IsOwn(Package package) =>
        !package.Standard && package.Module is not { Version.Length: > 0, Replace: null, Dir.Length: > 0 } and not { Replace.Version.Length: > 0 };

    /// <summary>The folder a pattern of go:embed looks into; null when it names one file, which is known by itself.</summary>
    private static string? EmbedFolder(string package, string pattern)
    {
        var path = pattern.StartsWith("all:", StringComparison.Ordinal) ? pattern[4..] : pattern;
        var meta = path.IndexOfAny(['*', '?', '[', '\\']);
        if (meta >= 0)
        {
            return Path.GetFullPath(path[..meta].LastIndexOf('/') is > 0 and var slash ? path[..slash] : ".", package);
        }

        var named = Path.GetFullPath(path, package);
        return Directory.Exists(named) ? named : null;
    }

    /// <summary>The folder under its own name, when links lead to it: events of the file system come from there.</summary>
    private static string Real(string folder)
    {
        var real = folder;
        for (var part = folder; part is not null; part = Path.GetDirectoryName(part))
        {
            if (new DirectoryInfo(part).LinkTarget is not null && Directory.ResolveLinkTarget(part, returnFinalTarget: true) is { } target)
            {
                real = target.FullName + folder[part.Length..];
                return Real(real);
            }
        }

        return real;
    }

    private static string? WorkFile(GoBuildRequest request) => request.GoWork?.Trim() switch
    {
        "off" => null,
        { Length: > 0 } named and not "auto" => Path.GetFullPath(named, request.ProjectDirectory),
        _ => GoSettings.Get(request.Environment, "GOWORK") switch
        {
            "off" => null,
            { Length: > 0 } set and not "auto" => set,
            _ => GoModule.Find(request.ProjectDirectory, "go.work")?.File,
        },
    };

    private sealed record Package(
        string? ImportPath, string? Dir, bool Standard, Module? Module, string[]? EmbedPatterns, string[]? EmbedFiles,
        string? Export, [property: JsonPropertyName("BuildID")] string? BuildId, JsonElement? Error, JsonElement[]? DepsErrors);

    private sealed record Module(string? Version, string? Dir, Module? Replace);
}
