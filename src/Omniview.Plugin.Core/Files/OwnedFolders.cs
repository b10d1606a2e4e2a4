using System.Globalization;
using Omniview.Plugin.Core.Machine;

namespace Omniview.Plugin.Core.Files;

/// <summary>
/// Folders of a process for the time of its work, which tell by their names whose they are: one that is killed can't
/// remove its own. Nobody else can look or write into them, and only such a folder is ever removed: in a shared
/// temporary folder anybody can create one that has our name for it, or a link.
/// </summary>
internal static class OwnedFolders
{
    private const int NameTries = 100;

    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(6);

    /// <summary>Makes one (0700) that was not there before.</summary>
    /// <param name="parent">The folder it will be in; it is made, likewise, when it is not there.</param>
    /// <param name="before">What comes before the process and a random part in its name.</param>
    /// <param name="after">What comes behind them.</param>
    /// <param name="randomBytes">How long that part is; each byte takes two characters.</param>
    /// <returns>Its path.</returns>
    /// <exception cref="IOException">It can't be made.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static string Create(string parent, string before, string after = "", int randomBytes = 8)
    {
        Permissions.CreateFolder(parent, Permissions.OwnerFolder);
        for (var tries = 0; tries < NameTries; tries++)
        {
            var folder = Path.Combine(
                parent,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{before}{Environment.ProcessId}-{Randomness.Hex(randomBytes)}{after}"));
            if (NewFolder.TryCreate(folder))
            {
                return folder;
            }
        }

        throw new IOException($"no name of {NameTries} is free for a folder in '{parent}'");
    }

    /// <summary>
    /// Removes those of processes that were killed. If such a process's number is another's by now they are only
    /// removed when they are old. A parent in which somebody else can rename ours is left alone.
    /// </summary>
    /// <param name="parent">The folder they are in.</param>
    /// <param name="before">As in <see cref="Create"/>.</param>
    /// <param name="after">Likewise.</param>
    public static void Sweep(string parent, string before, string after = "")
    {
        if (!IsSafe(parent))
        {
            return;
        }

        foreach (var left in Directory.EnumerateDirectories(parent, $"{before}*{after}").Where(IsAbandoned))
        {
            Delete(left);
        }

        bool IsAbandoned(string folder) =>
            int.TryParse(
                Path.GetFileName(folder)[before.Length..].Split('-')[0],
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var pid
            )
            // Ours is no older for a clock that was set.
            && (ProcessIdentity.Of(pid) is not { } process || (process != ProcessIdentity.Current && IsOld(folder)));

        bool IsOld(string folder) => DateTime.UtcNow - Directory.GetLastWriteTimeUtc(folder) > Abandoned;
    }

    /// <summary>
    /// Removes one of ours with all that is in it; what is no such folder, such as a link to one, stays.
    /// </summary>
    public static void Delete(string folder)
    {
        try
        {
            if (FileFacts.Of(folder) is { Kind: FileKind.Folder, IsOwn: true, OthersMayWrite: false })
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // gone already, or (Windows) a file in it is still looked at by a virus scanner: the next sweep's
        }
    }

    /// <summary>
    /// Whether a folder of ours keeps its name there: in a folder that everybody writes the sticky bit sees to it.
    /// </summary>
    private static bool IsSafe(string parent) =>
        FileFacts.Behind(parent) is { Kind: FileKind.Folder } facts
        && (facts.IsOwn || facts.Owner is 0)
        && ((facts.Mode & UnixFileMode.OtherWrite) == 0 || (facts.Mode & UnixFileMode.StickyBit) != 0);
}
