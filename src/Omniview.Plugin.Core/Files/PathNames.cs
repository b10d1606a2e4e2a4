namespace Omniview.Plugin.Core.Files;

/// <summary>What paths mean to the system, as far as they tell by themselves: case counts on Linux only.</summary>
internal static class PathNames
{
    /// <summary>Of absolute paths without <c>..</c>.</summary>
    public static StringComparer Comparer { get; } = StringComparer.FromComparison(Comparison);

    private static StringComparison Comparison =>
        OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <summary>Whether two absolute paths name one file.</summary>
    public static bool AreSame(string one, string other) => Comparer.Equals(one, other);

    /// <summary>Whether an absolute path is in a folder, or in one of those below. The folder itself is not.</summary>
    public static bool IsBelow(string path, string folder)
    {
        var root = Path.TrimEndingDirectorySeparator(folder.AsSpan());
        var end = Path.EndsInDirectorySeparator(root) ? root.Length - 1 : root.Length; // "/" keeps its own
        return path.Length > end + 1
            && path[end] == Path.DirectorySeparatorChar
            && path.AsSpan(0, end).Equals(root[..end], Comparison);
    }
}
