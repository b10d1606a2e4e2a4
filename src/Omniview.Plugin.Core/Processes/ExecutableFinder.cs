using Semver;

namespace Omniview.Plugin.Core.Processes;

/// <summary>
/// Finds a program by name: PATH first, then well-known places. Folders of PATH that lie in the project, and relative
/// ones, are passed over, so that a cloned repository can't bring its own <c>go</c> or <c>node</c>.
/// </summary>
internal sealed class ExecutableFinder(string projectDirectory, string? searchPath = null)
{
    private readonly string _searchPath = searchPath ?? Environment.GetEnvironmentVariable("PATH") ?? "";

    /// <summary>Absolute path of the program, or null.</summary>
    /// <param name="name">Name without extension.</param>
    /// <param name="wellKnownFolders">Looked into after PATH; <c>~</c> is the user's home, one <c>*</c> path part is
    /// matched against what is there, the newest version first.</param>
    public string? Find(string name, params IEnumerable<string> wellKnownFolders) =>
        Folders()
            .Where(folder => Path.IsPathFullyQualified(folder) && !IsInProject(folder))
            .Concat(wellKnownFolders.SelectMany(Expand))
            .SelectMany(folder => Candidates(folder, name))
            .FirstOrDefault(IsExecutable);

    /// <summary>The file names a program can have on this system.</summary>
    public static IEnumerable<string> Candidates(string folder, string name) =>
        OperatingSystem.IsWindows()
            ? new[] { ".exe", ".cmd" }.Select(extension => Path.Combine(folder, name + extension))
            : [Path.Combine(folder, name)];

    public static bool IsExecutable(string file)
    {
        if (!File.Exists(file))
        {
            return false;
        }

        const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & Execute) != 0;
    }

    /// <summary>On Windows a separator between quotes is part of a folder's name, and the quotes are not.</summary>
    private IEnumerable<string> Folders()
    {
        var parts = OperatingSystem.IsWindows() ? _searchPath.Split('"') : [_searchPath];
        var folder = "";
        for (var number = 0; number < parts.Length; number++)
        {
            var ends = number % 2 == 0 ? parts[number].Split(Path.PathSeparator) : [parts[number]];
            foreach (var end in ends.SkipLast(1))
            {
                yield return folder + end;
                folder = "";
            }

            folder += ends[^1];
        }

        yield return folder;
    }

    private bool IsInProject(string folder)
    {
        var relative = Path.GetRelativePath(projectDirectory, folder);
        return relative.Split(Path.DirectorySeparatorChar)[0] != ".." && !Path.IsPathRooted(relative);
    }

    private static IEnumerable<string> Expand(string folder)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var path = folder.StartsWith("~/", StringComparison.Ordinal)
            ? Path.Combine(home, folder[2..])
            : Environment.ExpandEnvironmentVariables(folder);
        var star = path.IndexOf('*', StringComparison.Ordinal);
        if (star < 0)
        {
            return [path];
        }

        var parent = path[..star].TrimEnd('/', '\\');
        var rest = path[(star + 1)..].TrimStart('/', '\\');
        return Directory.Exists(parent)
            ? Directory.EnumerateDirectories(parent)
                .OrderByDescending(folder => VersionIn(Path.GetFileName(folder)), SemVersion.PrecedenceComparer)
                .Select(version => Path.Combine(version, rest))
            : [];
    }

    /// <summary>To sort by: that in a name such as <c>v22.10.0-rc.1</c>; 0.0.0 for a name without.</summary>
    private static SemVersion VersionIn(string name) =>
        SemVersion.TryParse(name, SemVersionStyles.AllowV | SemVersionStyles.OptionalMinorPatch, out var version)
            ? version
            : new SemVersion(0);
}
