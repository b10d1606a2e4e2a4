using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.DevServer.Running;

/// <summary>
/// Tells dotnet watch of Go files that were not there when it made its list of files: one file of that list is written
/// to when such a file changes. Without dotnet watch nobody looks, and the file is not there.
/// </summary>
internal sealed class WatchStamp(string file, IEnumerable<string> listed)
{
    private readonly HashSet<string> _listed = [.. listed];

    public void Changed(string path)
    {
        if (path.EndsWith(".go", StringComparison.Ordinal) && !_listed.Contains(path)
            && FileFacts.Of(file) is { Kind: FileKind.File })
        {
            try
            {
                File.WriteAllText(file, path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // dotnet watch makes no pass of its own; the plugin is built and swapped all the same
            }
        }
    }
}
