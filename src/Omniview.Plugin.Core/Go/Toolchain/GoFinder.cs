using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Go.Toolchain;

/// <summary>
/// Finds the go command: what the author names, and nothing else if that is wrong; then PATH; then where installers put
/// it.
/// </summary>
/// <param name="projectDirectory">Absolute path of the project; folders of PATH in it are passed over.</param>
/// <param name="property">The value of the property GoToolPath.</param>
/// <param name="variable">The value of the variable OMNIVIEW_GO_PATH.</param>
/// <param name="wellKnownFolders">Where to look last; not enumerated before.</param>
/// <param name="searchPath">Instead of PATH.</param>
internal sealed class GoFinder(
    string projectDirectory,
    string? property,
    string? variable,
    IEnumerable<string> wellKnownFolders,
    string? searchPath = null)
{
    public const string Property = "GoToolPath";
    public const string Variable = "OMNIVIEW_GO_PATH";

    private readonly ExecutableFinder _finder = new(projectDirectory, searchPath);

    /// <summary>Absolute path of the go command.</summary>
    /// <exception cref="DiagnosticException">OVP2001</exception>
    public string Find()
    {
        foreach (
            var (given, source) in new[]
            {
                (property, $"the property {Property}"),
                (variable, $"the variable {Variable}"),
            })
        {
            if (given?.Trim().Trim('"') is { Length: > 0 } named)
            {
                return Named(named)
                    ?? throw NotFound(
                        $"{source} names '{named}', but {WhatIsWrong(named)}. Let it name the go command, or the " +
                        "folder of a Go installation.");
            }
        }

        return _finder.Find("go", wellKnownFolders) ?? throw NotFound(
            $"Go was not found. Looked at the property {Property} and the variable {Variable} (not set), the " +
            "folders of PATH that lie outside the project, "
            + $"and {string.Join(", ", wellKnownFolders)}. Install Go (https://go.dev/dl), or let {Property} or " +
                $"{Variable} name the go command.");
    }

    /// <summary>The folders installers use on this system; those of side-by-side versions come newest first.</summary>
    /// <param name="goRoot">The value of GOROOT.</param>
    public static IEnumerable<string> WellKnownFolders(string? goRoot)
    {
        if (goRoot is { Length: > 0 })
        {
            yield return Path.Combine(goRoot, "bin");
        }

        string[] fixedFolders = OperatingSystem.IsWindows()
            ? [@"%ProgramFiles%\Go\bin", @"%LOCALAPPDATA%\Programs\Go\bin", "~/scoop/apps/go/current/bin"]
            :
            [
                "/usr/local/go/bin",
                "/opt/homebrew/bin",
                "/usr/local/bin",
                "/home/linuxbrew/.linuxbrew/bin",
                "/snap/bin",
                "~/.local/go/bin",
                "~/go/bin",
            ];
        // golang.org/dl
        var sdks = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "sdk");
        foreach (var folder in fixedFolders.Concat(Versions(sdks, "go*")).Concat(Versions("/usr/lib", "go-*")))
        {
            yield return folder;
        }
    }

    internal static IEnumerable<string> Versions(string parent, string pattern) =>
        !Directory.Exists(parent)
            ? []
            : Directory
                .EnumerateDirectories(parent, pattern)
                .Select(folder =>
                    (
                        Folder: folder,
                        Known: GoVersion.TryParse(
                            Path.GetFileName(folder).Replace("go-", "go", StringComparison.Ordinal),
                            out var version),
                        Version: version))
                .Where(found => found.Known)
                .OrderByDescending(found => found.Version)
                .Select(found => Path.Combine(found.Folder, "bin"));

    /// <summary>
    /// A file, a folder that has the go command (itself or in bin), or a name to be found on PATH such as
    /// <c>go1.26.1</c>.
    /// </summary>
    private string? Named(string named)
    {
        if (!named.Contains('/', StringComparison.Ordinal) && !named.Contains('\\', StringComparison.Ordinal)
            && _finder.Find(named) is { } onPath)
        {
            return onPath;
        }

        var path = FullPath(named);
        var folder = Path.GetDirectoryName(path) ?? path;
        return ExecutableFinder.Candidates(path, "go")
            .Concat(ExecutableFinder.Candidates(Path.Combine(path, "bin"), "go"))
            .Prepend(path)
            .Concat(ExecutableFinder.Candidates(folder, Path.GetFileName(path)))
            .FirstOrDefault(ExecutableFinder.IsExecutable);
    }

    private string WhatIsWrong(string named)
    {
        var path = FullPath(named);
        return File.Exists(path) ? $"{path} is not executable"
            : Directory.Exists(path) ? $"neither {path} nor its folder bin has a go command"
            : $"there is no {path}";
    }

    private string FullPath(string named) => Path.GetFullPath(named, projectDirectory);

    private static DiagnosticException NotFound(string message) =>
        new(Diagnostic.Error(DiagnosticCodes.GoNotFound, message));
}
