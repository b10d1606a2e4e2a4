using System.Diagnostics;
using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.Install;

/// <summary>
/// One install into a folder at a time: two would delete each other's files. What a killed holder left half is taken
/// back by the next, before it gets the lock.
/// </summary>
internal sealed class InstallLock : IDisposable
{
    public const string Name = ".ovp.lock";

    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(10);

    private readonly string _file;
    private readonly FileStream _held;
    private readonly bool _keep;

    private InstallLock(string file, FileStream held, bool keep) => (_file, _held, _keep) = (file, held, keep);

    /// <summary>Whether an install that was killed half-way was rolled back.</summary>
    public bool RolledBack { get; private set; }

    /// <summary>Waits for it, half a minute at most.</summary>
    /// <param name="folder">Absolute; exists.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <param name="keep">False: the file goes with the lock, from a folder that is handed on.</param>
    /// <param name="timeout">For tests.</param>
    /// <exception cref="IOException">It can't be opened or is still held, or what was left can't be taken
    /// back.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static InstallLock Take(
        string folder, CancellationToken cancellation, bool keep = true, TimeSpan? timeout = null)
    {
        var file = Path.Combine(folder, Name);
        var limit = timeout ?? WaitLimit;
        var couldBeAnyones = false;
        for (var waited = Stopwatch.StartNew(); ;)
        {
            couldBeAnyones |= TakeFromOthers(file);
            if (TryOpen(file) is { } held)
            {
                return Enter(folder, new InstallLock(file, held, keep));
            }

            if (waited.Elapsed > limit)
            {
                if (!couldBeAnyones)
                {
                    throw new IOException(FormattableString.Invariant(
                        $"{FileLock.Holder(file)} has held {file} open for {limit.TotalSeconds:0} s"));
                }

                File.Delete(file); // no install takes that long: it is held by who opened it when others could read it
                couldBeAnyones = false;
                waited.Restart();
            }

            cancellation.WaitHandle.WaitOne(RetryInterval);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>
    /// Rolls back what a killed install left, if there is any and no install goes on just now. True when there was a
    /// commit.
    /// </summary>
    /// <exception cref="IOException">The file system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static bool Recover(string folder)
    {
        if (FileFacts.Of(Path.Combine(folder, StagingFolder.Name)) is null)
        {
            return false;
        }

        var file = Path.Combine(folder, Name);
        TakeFromOthers(file);
        using var held = TryOpen(file) is { } stream ? Enter(folder, new InstallLock(file, stream, keep: true)) : null;
        return held?.RolledBack == true;
    }

    public void Dispose()
    {
        if (!_keep && !OperatingSystem.IsWindows())
        {
            Temporaries.TryDelete(_file); // while it is held: who has opened it meanwhile finds that the name is gone
        }

        _held.Dispose();
        if (!_keep && OperatingSystem.IsWindows())
        {
            Temporaries.TryDelete(_file); // not while another has it open
        }
    }

    private static InstallLock Enter(string folder, InstallLock held)
    {
        try
        {
            held.RolledBack = new StagingFolder(folder).Recover();
            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Makes sure that nobody else can open the file from now on. True when others could until now.</summary>
    private static bool TakeFromOthers(string file)
    {
        if (FileFacts.Of(file) is not { } facts)
        {
            return false;
        }

        if (facts.Kind != FileKind.File)
        {
            throw new NotARegularFileException(file, facts.Kind);
        }

        if (facts.Links != 1 || (!OperatingSystem.IsWindows() && !facts.IsOwn && FileFacts.Self != 0))
        {
            File.Delete(file); // the name; it is in a folder of ours
            return false;
        }

        if (OperatingSystem.IsWindows() || (facts.Mode & Permissions.All & ~Permissions.OwnerFile) == 0)
        {
            return false;
        }

        File.SetUnixFileMode(file, Permissions.OwnerFile);
        return true;
    }

    /// <summary>Null when someone else holds it.</summary>
    private static FileStream? TryOpen(string file)
    {
        var opened = FileLock.TryTake(file);
        if (opened is null || OperatingSystem.IsWindows()
            || TransientLock.IsStill(file, FileFacts.Of(opened.SafeFileHandle)))
        {
            return opened;
        }

        opened.Dispose(); // another one has its name by now
        return null;
    }
}
