using System.Globalization;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Go;

/// <summary>
/// A folder for the go command's GOTMPDIR. Go does not remove its work when TERM ends it, so each cancelled run would leave
/// some; and the programs of <c>go test</c> lie there.
/// </summary>
internal sealed class GoWorkFolder : IDisposable
{
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(6);

    /// <param name="temporaryFolder">The author's GOTMPDIR, or null for the system's.</param>
    /// <exception cref="IOException">It can't be created.</exception>
    /// <exception cref="UnauthorizedAccessException">Alike.</exception>
    public GoWorkFolder(string? temporaryFolder)
    {
        var temporary = temporaryFolder ?? System.IO.Path.GetTempPath();
        Path = System.IO.Path.Combine(temporary, $"omniview-go-{OwnName()}");
        Directory.CreateDirectory(Path);
        Sweep(temporary, "omniview-go-", "");
    }

    /// <summary>Its absolute path.</summary>
    public string Path { get; }

    /// <summary>Absolute path of the author's GOTMPDIR; null without one.</summary>
    public static string? ChosenFor(GoRequest request) =>
        GoSettings.Get(request.Environment, "GOTMPDIR") is { } chosen ? System.IO.Path.GetFullPath(chosen, request.ProjectDirectory) : null;

    /// <summary>A part of a folder's name that is nobody else's and tells whose it is.</summary>
    public static string OwnName() => string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{System.IO.Path.GetRandomFileName()}");

    /// <summary>
    /// Removes what runs left that had no chance to: those of a killed process. If its number is another's by now they are only
    /// removed when they are old.
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
            int.TryParse(System.IO.Path.GetFileName(folder)[before.Length..].Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && ProcessIdentity.Of(pid) is { } process
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

    public void Dispose() => Delete(Path);
}
