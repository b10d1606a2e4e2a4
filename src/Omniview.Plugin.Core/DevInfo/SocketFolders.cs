using System.Text;
using Omniview.Plugin.Core.State;

namespace Omniview.Plugin.Core.DevInfo;

/// <summary>
/// Folders for plugins' sockets, one per plugin process, so that what a plugin leaves behind goes with its folder. They lie
/// below the dev host's own folder; where that is too deep for a socket's path, a link there leads to one in the
/// system's temporary folder. Unix only: on Windows plugins listen on ports.
/// </summary>
/// <param name="root">Path of the folder, or of the link; its parent is there.</param>
public sealed class SocketFolders(string root)
{
    private const int LongestPath = 103; // bytes: sockaddr_un's sun_path less its closing zero, on macOS; Linux has four more
    private const int NameLength = 6;
    private const int RoomInside = 32; // go-plugin makes "plugin" and up to ten digits, the sample a folder more

    private readonly Lock _lock = new();
    private string? _root;

    /// <summary>A new empty folder, readable by this user only.</summary>
    /// <exception cref="IOException">It can't be made.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public string Create()
    {
        lock (_lock)
        {
            _root ??= MakeRoot();
        }

        while (true)
        {
            var folder = Path.Combine(_root, Randomness.Hex(NameLength / 2));
            if (!Directory.Exists(folder))
            {
                Permissions.CreateFolder(folder, Permissions.OwnerFolder);
                return folder;
            }
        }
    }

    /// <summary>Removes what this host and dead ones have left. Only the one that holds the host's lock may do so.</summary>
    public void Clear()
    {
        try
        {
            var link = new DirectoryInfo(root);
            if (link.LinkTarget is { } target)
            {
                DeleteIfThere(target);
                link.Delete();
            }

            DeleteIfThere(root);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // litter, which harms nobody
        }
    }

    private static void DeleteIfThere(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string MakeRoot()
    {
        if (Encoding.UTF8.GetByteCount(root) + 1 + NameLength + 1 + RoomInside <= LongestPath)
        {
            Permissions.CreateFolder(root, Permissions.OwnerFolder);
            return root;
        }

        var elsewhere = Directory.CreateTempSubdirectory("ovp-").FullName;
        Directory.CreateSymbolicLink(root, elsewhere);
        return elsewhere;
    }
}
