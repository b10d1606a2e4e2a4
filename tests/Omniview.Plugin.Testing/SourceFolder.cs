namespace Omniview.Plugin.Testing;

/// <summary>A folder of sources.</summary>
internal static class SourceFolder
{
    /// <summary>Copies it without what was installed and built in it.</summary>
    public static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (
            var folder in Directory
                .EnumerateDirectories(from)
                .Where(folder =>
                    Path.GetFileName(folder) is not ("node_modules" or "dist" or "build" or "bin" or "obj")))
        {
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }
}
