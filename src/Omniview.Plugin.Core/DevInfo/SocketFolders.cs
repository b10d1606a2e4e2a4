using System.Text;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Machine;

namespace Omniview.Plugin.Core.DevInfo;

/// <summary>
/// Folders for plugins' sockets, one per plugin process, so that what a plugin leaves behind goes with its folder. They
/// lie below the dev host's own folder; where that is too deep for a socket's path, below one in the system's temporary
/// folder. Unix only: on Windows plugins listen on ports.
/// </summary>
/// <param name="home">Path of the folder in the dev host's own; its parent is there.</param>
internal sealed class SocketFolders(string home)
{
    private const string Prefix = "ovp-";
    // bytes: sockaddr_un's sun_path less its closing zero, on macOS; Linux has four more
    private const int LongestPath = 103;
    // each is two characters of a name: macOS's temporary folder alone takes half of the path
    private const int NameBytes = 2;
    private const int RoomInside = 32; // go-plugin makes "plugin" and up to ten digits, the sample a folder more

    private readonly Lock _lock = new();
    private string? _root;

    private static IEnumerable<string> Elsewhere => new[] { Path.GetTempPath(), "/tmp" }.Distinct();

    /// <summary>A new empty folder, readable by this user only.</summary>
    /// <exception cref="IOException">It can't be made.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public string Create()
    {
        lock (_lock)
        {
            if (_root is null || !Directory.Exists(_root))
            {
                // a folder in the system's temporary one may be cleared away under a host that runs for weeks
                _root = MakeRoot();
            }

            while (true)
            {
                var folder = Path.Combine(_root, Randomness.Hex(NameBytes));
                if (NewFolder.TryCreate(folder))
                {
                    return folder;
                }
            }
        }
    }

    /// <summary>Removes one that <see cref="Create"/> made.</summary>
    public static void Delete(string folder) => OwnedFolders.Delete(folder);

    /// <summary>
    /// Removes what this host and dead ones have left. Only the one that holds the host's lock may do so.
    /// </summary>
    public void Clear()
    {
        try
        {
            ClearHome();
            if (_root is { } root && root != home)
            {
                OwnedFolders.Delete(root);
            }

            foreach (var parent in Elsewhere.Where(Directory.Exists))
            {
                OwnedFolders.Sweep(parent, Prefix);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // litter, which harms nobody
        }
    }

    /// <summary>What a link there leads to is not ours to remove.</summary>
    private void ClearHome()
    {
        if (FileFacts.Of(home)?.Kind is FileKind.Folder)
        {
            OwnedFolders.Delete(home);
        }
        else
        {
            File.Delete(home);
        }
    }

    private string MakeRoot()
    {
        if (HasRoom(home))
        {
            ClearHome();
            return NewFolder.TryCreate(home) ? home : throw new IOException($"'{home}' is in the way");
        }

        var name = Prefix
            + new string(
                '0',
                Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture).Length
                    + 1
                    + (2 * NameBytes));
        var parent =
            Elsewhere.FirstOrDefault(parent => HasRoom(Path.Combine(parent, name)))
            ?? throw new IOException(
                $"the path of a socket in '{home}' or in '{Path.GetTempPath()}' is longer than the {LongestPath} " +
                "bytes a system takes; set TMPDIR to a shorter one");
        return OwnedFolders.Create(parent, Prefix, randomBytes: NameBytes);
    }

    private static bool HasRoom(string root) =>
        Encoding.UTF8.GetByteCount(root) + 1 + (2 * NameBytes) + 1 + RoomInside <= LongestPath;
}
