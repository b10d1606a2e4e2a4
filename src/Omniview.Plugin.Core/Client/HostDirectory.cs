using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.State;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.Core.Client;

/// <summary>
/// <c>&lt;state&gt;/devhost</c>: everything the dev host keeps. Names are our own, so that the lock, records and state
/// of Omniview itself are never touched.
/// </summary>
internal sealed class HostDirectory(string stateDirectory)
{
    /// <summary>All that is ever kept there.</summary>
    public static IReadOnlyList<StateEntry> Entries { get; } =
    [
        new(".lock", StateEntryKind.Lock), new(".starting", StateEntryKind.Lock), new("host.log", StateEntryKind.Log),
        new("host.log.1", StateEntryKind.Log),
        new("host.*.json", StateEntryKind.Text), new("host.*.token", StateEntryKind.Text),
        new("port", StateEntryKind.Text),
        new("groups", StateEntryKind.Folder), new("links", StateEntryKind.Folder), new("go", StateEntryKind.Folder),
        new("s", StateEntryKind.Sockets),
    ];

    public string StateDirectory { get; } = stateDirectory;

    public string Path { get; } = System.IO.Path.Combine(stateDirectory, "devhost");

    /// <summary>Held open by the running host.</summary>
    public string Lock => In(".lock");

    /// <summary>Held open by who is about to start a host.</summary>
    public string StartLock => In(".starting");

    public string Log => In("host.log");

    /// <summary>Folder, or link to one, of plugins' sockets. A short name: a socket's path ends at 107 bytes.</summary>
    public string Sockets => In("s");

    /// <summary>Folder with a record of each child.</summary>
    public string Groups => In("groups");

    /// <summary>
    /// Folder of what the compiler and the linker write for the loop: it is not in a project's folder, which may go.
    /// </summary>
    public string Go => In("go");

    /// <summary>The port the last host had: a page that is open finds the next one there.</summary>
    public string LastPort => In("port");

    /// <summary>Folder of files that lead a browser to the dashboard.</summary>
    public string Links => In("links");

    public string Record(int port) => In($"host.{port}.json");

    public string Token(int port) => In($"host.{port}.token");

    public IEnumerable<string> Records => Directory.Exists(Path) ? Directory.EnumerateFiles(Path, "host.*.json") : [];

    /// <summary>
    /// Removes the tokens of hosts whose record has gone. Only the one that holds the host's lock may do so.
    /// </summary>
    public void RemoveLostTokens()
    {
        foreach (
            var token in new StateEntry("host.*.token", StateEntryKind.Text)
                .In(Path)
                .Where(token => FileFacts.Of(System.IO.Path.ChangeExtension(token, ".json")) is null)
                .ToList())
        {
            StateFile.TryRemove(token);
        }
    }

    /// <summary>Refuses folders that are not this user's alone; those that are not there yet are no problem.</summary>
    /// <exception cref="DiagnosticException">OVP6005.</exception>
    public void Require()
    {
        FolderTrust.Require(StateDirectory, mayBeLink: true);
        FolderTrust.Require(Path, mayBeLink: false);
    }

    /// <summary>Makes what is missing, for this user alone.</summary>
    /// <exception cref="DiagnosticException">OVP6005.</exception>
    /// <exception cref="IOException">It can't be made, or nothing can be written there.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public void Create()
    {
        Require();
        Permissions.CreateFolder(StateDirectory, Permissions.OwnerFolder);
        Permissions.CreateFolder(Path, Permissions.OwnerFolder);
        Require(); // between the two looks somebody else may have made it
        if (!OperatingSystem.IsWindows() && FileFacts.Of(Path) is { OthersMayWrite: true })
        {
            File.SetUnixFileMode(Path, Permissions.OwnerFolder); // its group, by somebody's umask of 002
        }

        if (FolderTrust.WhyUnwritable(Path) is { } why)
        {
            throw new IOException($"nothing can be written there ({why})");
        }
    }

    /// <summary>
    /// Sets aside what can't be of a dev host, and records that can't be read; what there is to tell about each. Only
    /// for who starts a host, since nobody else is sure that nobody uses them.
    /// </summary>
    public IReadOnlyList<Diagnostic> SetWrongAside() =>
    [
        .. Entries.SelectMany(entry => entry.SetWrongAside(Path)),
        .. Records.ToList().Where(file => File.Exists(file) && HostRecord.Read(file) is null)
            .Select(file => StateFile.SetAside(file, "This is no record of a dev host")),
    ];

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
