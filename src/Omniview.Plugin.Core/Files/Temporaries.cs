using System.Globalization;
using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Machine;

namespace Omniview.Plugin.Core.Files;

/// <summary>
/// Our temporary files: <c>.ovp-PID-RANDOM.tmp</c> beside the file they will become, so that the final rename stays in
/// one file system. The PID tells a file still being written from one whose writer was killed.
/// </summary>
internal static partial class Temporaries
{
    private const int NoWriter = 0;

    /// <summary>For writers that can't be judged by their PID: it was given to another process since.</summary>
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromMinutes(10);

    // AttributesToSkip: the default also skips hidden files, which on Unix these are. Never follows a link.
    private static readonly EnumerationOptions Here = new()
    {
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = true,
    };
    private static readonly EnumerationOptions Below = new()
    {
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = true,
        RecurseSubdirectories = true,
    };

    /// <summary>For content on its way to <paramref name="file"/>.</summary>
    public static string Beside(string file) => Name(file, Environment.ProcessId);

    /// <summary>
    /// For what <paramref name="file"/> was before. Windows deletes no running program, nor another name of one: it
    /// goes with the first install after that program's end.
    /// </summary>
    public static string Discarded(string file) => Name(file, NoWriter);

    /// <summary>Whether a file of this name is one of them, whoever wrote it.</summary>
    public static bool IsOne(string name) => Pattern().IsMatch(name);

    /// <summary>
    /// Removes what killed writers left in a folder, and what could not be deleted before; not what is being written
    /// now, and nobody else's files.
    /// </summary>
    public static void RemoveAbandoned(string folder, bool recursive = false)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (
            var file in new DirectoryInfo(folder)
                .EnumerateFiles(".ovp-*.tmp", recursive ? Below : Here)
                .Where(IsAbandoned))
        {
            TryDelete(file.FullName);
        }
    }

    /// <summary>
    /// Of a link only itself. What can't be deleted (Windows: still running) is left to <see cref="RemoveAbandoned"/>.
    /// </summary>
    public static bool TryDelete(string file)
    {
        try
        {
            if (OperatingSystem.IsWindows() && Directory.Exists(file))
            {
                Directory.Delete(file); // a link to a folder, which is a file to unlink(2)
                return true;
            }

            if (OperatingSystem.IsWindows() && File.Exists(file))
            {
                File.SetAttributes(file, FileAttributes.Normal); // Windows deletes no read-only file
            }

            File.Delete(file);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsAbandoned(FileInfo file) =>
        Pattern().Match(file.Name) is { Success: true } match
        && (!int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var writer)
            || writer == NoWriter
            || ProcessIdentity.Of(writer) is null
            // ours is no older for a clock that was set
            || (writer != Environment.ProcessId && DateTime.UtcNow - file.LastWriteTimeUtc > AbandonedAfter));

    private static string Name(string file, int writer) => Path.Combine(
        Path.GetDirectoryName(file)!,
        string.Create(CultureInfo.InvariantCulture, $".ovp-{writer}-{Randomness.Hex(8)}.tmp"));

    [GeneratedRegex(@"^\.ovp-([0-9]{1,10})-[0-9a-f]{16}\.tmp$")]
    private static partial Regex Pattern();
}
