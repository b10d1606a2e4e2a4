using System.Diagnostics;
using System.Globalization;
using System.Text;
using Omniview.Plugin.Core.Machine;

namespace Omniview.Plugin.Core.Files;

/// <summary>
/// A lock held through an open file: the system lets go of it however its holder dies. .NET takes flock(2) for
/// <see cref="FileShare.None"/> on Unix, where to read a file is enough to lock it; so the file is its owner's only. It
/// says who holds it.
/// </summary>
internal static class FileLock
{
    private const int LongestNote = 100;
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan SilentWait = TimeSpan.FromSeconds(1);

    /// <summary>Null when someone else holds it.</summary>
    /// <exception cref="IOException">It can't be opened for another reason, and so never be taken.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static FileStream? TryTake(string path)
    {
        if (FileFacts.Of(path) is { } there)
        {
            Check(path, there);
        }

        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            // a share mode that lets others read who holds it, and nobody else write: that is the lock
            Share = OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Permissions.OwnerFile;
        }

        try
        {
            var taken = new FileStream(path, options);
            Claim(taken, path);
            return taken;
        }
        catch (IOException e) when (IsHeld(e))
        {
            return null;
        }
    }

    /// <summary>Waits for it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">How long.</param>
    /// <param name="waiting">Is told once who holds it, when that takes a while.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="TimeoutException">It was held all that time; the message says by whom.</exception>
    /// <exception cref="IOException">As <see cref="TryTake"/>.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static async Task<FileStream> TakeAsync(
        string path, TimeSpan limit, Action<string>? waiting, CancellationToken cancellation)
    {
        FileStream? taken;
        for (var clock = Stopwatch.StartNew(); (taken = TryTake(path)) is null;)
        {
            if (clock.Elapsed > limit)
            {
                throw new TimeoutException(FormattableString.Invariant(
                    $"{Holder(path)} has held {path} for {limit.TotalSeconds:0} s"));
            }

            if (waiting is not null && clock.Elapsed > SilentWait)
            {
                waiting($"{Holder(path)}, which holds {path}");
                waiting = null;
            }

            await Task.Delay(RetryInterval, cancellation);
        }

        return taken;
    }

    /// <summary>Who holds it, as far as can be seen: <c>dotnet (PID 4711)</c>.</summary>
    public static string Holder(string path) =>
        ((OperatingSystem.IsLinux() ? LockTable.Holder(path) : null) ?? NotedHolder(path)) is { } pid
            ? string.Create(CultureInfo.InvariantCulture, $"{NameOf(pid)} (PID {pid})")
            : "a program that the system does not name";

    private static void Check(string path, FileFacts there)
    {
        if (there.Kind != FileKind.File)
        {
            throw new NotARegularFileException(path, there.Kind); // to open it could wait, or make what a link names
        }

        if (there.Links > 1)
        {
            throw new IOException(string.Create(
                CultureInfo.InvariantCulture,
                $"'{path}' is one of {there.Links} names of one file (a hard link), so whoever locks another of them "
                + $"holds this one, too. Delete it."));
        }
    }

    /// <summary>Only what is certainly our own file is narrowed and written to.</summary>
    private static void Claim(FileStream taken, string path)
    {
        try
        {
            var facts = FileFacts.Of(taken.SafeFileHandle);
            if (facts is not { IsOwn: true, Links: 1 } || FileFacts.Of(path) is not { Kind: FileKind.File } named
                || named.Inode != facts.Inode)
            {
                return;
            }

            if (!OperatingSystem.IsWindows() && facts.Mode != Permissions.OwnerFile)
            {
                File.SetUnixFileMode(taken.SafeFileHandle, Permissions.OwnerFile);
            }

            taken.SetLength(0);
            taken.Write(
                Encoding.ASCII.GetBytes(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{ProcessIdentity.Current.Pid} {ProcessIdentity.Current.StartTicks}\n")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // a full disk: it is held all the same
        }
    }

    private static int? NotedHolder(string path)
    {
        try
        {
            return Encoding.ASCII.GetString(RegularFile.ReadAllBytes(path, LongestNote, followLink: false)).TrimEnd()
                .Split(' ') is [var pid, var ticks]
                && int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var start)
                && new ProcessIdentity(number, start).IsAlive
                    ? number
                    : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string NameOf(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.ProcessName;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException
            or System.ComponentModel.Win32Exception)
        {
            return "a program that has just ended";
        }
    }

    private static bool IsHeld(IOException e) =>
        OperatingSystem.IsWindows()
            ? HeldFile.Is(e)
            : e.HResult == (OperatingSystem.IsLinux() ? 11 : 35); // EWOULDBLOCK, as .NET passes it on
}
