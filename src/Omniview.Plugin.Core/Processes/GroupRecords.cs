using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.State;

namespace Omniview.Plugin.Core.Processes;

/// <summary>
/// A folder with one <see cref="GroupRecord"/> for each child that may have descendants alive. Files are not flushed to
/// the disk: a crash of the machine ends the processes too.
/// </summary>
internal sealed class GroupRecords(string folder)
{
    private const string Extension = ".group";

    /// <summary>
    /// Where all children of this process are recorded; none are while it is null, which is right for a process that
    /// starts short-lived tools only.
    /// </summary>
    public static GroupRecords? OfThisProcess { get; set; }

    /// <summary>Where they are.</summary>
    internal string Folder => folder;

    /// <summary>Writes down that a child is about to be started.</summary>
    /// <exception cref="IOException">It can't be written, and so the child must not start.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    internal Entry Add(string program, string nonce)
    {
        var record = new GroupRecord(Path.GetFileName(program), nonce, Boot.Id, ProcessIdentity.Current, Leader: null);
        Permissions.CreateFolder(folder, Permissions.OwnerFolder);
        var entry = new Entry(Path.Combine(folder, nonce[..16] + Extension), record);
        entry.Write();
        return entry;
    }

    /// <summary>
    /// The records whose owner is dead. Files that are no records are moved aside: the process one named may still run.
    /// </summary>
    /// <param name="warn">Gets a line about each file that can't be used.</param>
    internal List<Entry> Orphaned(Action<string> warn)
    {
        var orphaned = new List<Entry>();
        // of those killed while writing: their child was not started, or has its record already
        Temporaries.RemoveAbandoned(folder);
        foreach (var file in Files(Extension, warn))
        {
            try
            {
                if (GroupRecord.Parse(StateFile.Read(file)) is not { } record)
                {
                    SetAside(file, "This is no record of a process", warn);
                }
                else if (!record.IsOfThisBoot || !record.Owner.IsAlive)
                {
                    orphaned.Add(new Entry(file, record));
                }
            }
            catch (FileNotFoundException)
            {
                // its owner, or another reaper, was quicker
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                SetAside(file, e.Message, warn);
            }
        }

        return orphaned;
    }

    private static void SetAside(string file, string why, Action<string> warn) =>
        warn($"{StateFile.SetAside(file, why)} If a program of an earlier dev host still runs, end it yourself.");

    private string[] Files(string extension, Action<string> warn)
    {
        try
        {
            return Directory.Exists(folder) ? Directory.GetFileSystemEntries(folder, "*" + extension) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            warn($"{folder} can't be read: {e.Message}");
            return [];
        }
    }

    /// <summary>A record and its file.</summary>
    internal sealed class Entry(string file, GroupRecord record)
    {
        public GroupRecord Record { get; private set; } = record;

        /// <summary>
        /// Adds who the child is, now that it is known. Where that can't be written the nonce still finds it.
        /// </summary>
        public void SetLeader(ProcessIdentity? leader)
        {
            Record = Record with { Leader = leader };
            try
            {
                Write();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // the disk has become full since a moment ago
            }
        }

        /// <summary>Nobody is left. A file that can't be removed only costs a later reaper a look.</summary>
        public void Remove()
        {
            try
            {
                File.Delete(file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // the folder was made read-only meanwhile
            }
        }

        public void Write() => StateFile.Write(file, Record.ToBytes(), durable: false);
    }
}
