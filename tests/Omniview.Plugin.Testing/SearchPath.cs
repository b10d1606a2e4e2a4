namespace Omniview.Plugin.Testing;

/// <summary>A value of PATH.</summary>
internal static class SearchPath
{
    /// <summary>Windows takes a folder whose name holds a ';' in quotes.</summary>
    public static string Of(params IEnumerable<string> folders) =>
        string.Join(
            Path.PathSeparator,
            folders.Select(folder =>
                folder.Contains(Path.PathSeparator, StringComparison.Ordinal) ? $"\"{folder}\"" : folder));
}
