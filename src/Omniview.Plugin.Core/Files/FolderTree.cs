namespace Omniview.Plugin.Core.Files;

/// <summary>Everything below a folder, as relative paths in ordinal order. Links are named, never followed.</summary>
internal sealed class FolderTree
{
    private readonly List<string> _files = [];
    private readonly List<string> _links = [];

    public IReadOnlyList<string> Files => _files;

    public IReadOnlyList<string> Links => _links;

    /// <summary>Empty when there is no such folder.</summary>
    public static FolderTree Read(string root)
    {
        var tree = new FolderTree();
        if (Directory.Exists(root))
        {
            tree.Add(new DirectoryInfo(root), root);
        }

        tree._files.Sort(StringComparer.Ordinal);
        tree._links.Sort(StringComparer.Ordinal);
        return tree;
    }

    private void Add(DirectoryInfo folder, string root)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos())
        {
            var relative = Path.GetRelativePath(root, entry.FullName);
            if (IsLink(entry))
            {
                _links.Add(relative);
            }
            else if (entry is DirectoryInfo child)
            {
                Add(child, root);
            }
            else
            {
                _files.Add(relative);
            }
        }
    }

    // On Windows also files of a cloud folder are reparse points; only links and junctions have a target.
    private static bool IsLink(FileSystemInfo entry) =>
        entry.Attributes.HasFlag(FileAttributes.ReparsePoint) && entry.LinkTarget is not null;
}
