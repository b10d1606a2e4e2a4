using System.Globalization;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.State;

/// <summary>Folders of a process for the time of its work, which tell by their names whose they are: one that is killed can't remove its own.</summary>
internal static class OwnedFolders
{
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(6);

    /// <summary>A part of a folder's name that is nobody else's and tells whose it is.</summary>
    public static string OwnName() => string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{Path.GetRandomFileName()}");

    /// <summary>
    /// Removes those of processes that were killed. If such a process's number is another's by now they are only removed when
    /// they are old.
    /// </summary>
    /// <param name="parent">The folder they are in.</param>
    /// <param name="before">What comes before <see cref="OwnName"/> in their names.</param>
    /// <param name="after">What comes behind it.</param>
    public static void Sweep(string parent, string before, string after)
    {
        foreach (var left in Directory.EnumerateDirectories(parent, $"{before}*{after}").Where(IsAbandoned))
        {
            Delete(left);
        }

        bool IsAbandoned(string folder) =>
            int.TryParse(Path.GetFileName(folder)[before.Length..].Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && ProcessIdentity.Of(pid) is { } process
                ? process != ProcessIdentity.Current && IsOld(folder) // ours is no older for a clock that was set
                : pid > 0 || IsOld(folder);

        bool IsOld(string folder) => DateTime.UtcNow - Directory.GetLastWriteTimeUtc(folder) > Abandoned;
    }

    public static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // another's, gone already, or (Windows) a file in it is still looked at by a virus scanner: the next sweep's
        }
    }
}
