using Omniview.Plugin.Core.State;

namespace Omniview.Plugin.Core.Hosting;

/// <summary>
/// <c>&lt;state&gt;/devhost</c>: everything the dev host keeps. Names are our own, so that the lock, records and state of
/// Omniview itself are never touched.
/// </summary>
public sealed class HostDirectory(string stateDirectory)
{
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

    /// <summary>Folder of what the compiler and the linker write for the loop: it is not in a project's folder, which may go.</summary>
    public string Go => In("go");

    /// <summary>The port the last host had: a page that is open finds the next one there.</summary>
    public string LastPort => In("port");

    /// <summary>Folder of files that lead a browser to the dashboard.</summary>
    public string Links => In("links");

    public string Record(int port) => In($"host.{port}.json");

    public string Token(int port) => In($"host.{port}.token");

    public IEnumerable<string> Records => Directory.Exists(Path) ? Directory.EnumerateFiles(Path, "host.*.json") : [];

    public void Create()
    {
        Permissions.CreateFolder(StateDirectory, Permissions.OwnerFolder);
        Permissions.CreateFolder(Path, Permissions.OwnerFolder);
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
