using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Running;

/// <summary>The long-lived children of one plugin: Vite, the plugin, and during a swap two plugins.</summary>
internal sealed class ProcessTable
{
    private readonly Lock _lock = new();
    private readonly List<(string Source, ManagedProcess Process)> _processes = [];

    /// <param name="source">Whose process it is, as in the log; see <see cref="LogSource"/>.</param>
    /// <param name="process">Shown until it has ended.</param>
    public void Add(string source, ManagedProcess process)
    {
        lock (_lock)
        {
            _processes.RemoveAll(one => one.Process.Exited.IsCompleted);
            _processes.Add((source, process));
        }
    }

    /// <summary>What each takes of the machine just now.</summary>
    public IReadOnlyList<PartUsage> Read()
    {
        (string Source, ManagedProcess Process)[] processes;
        lock (_lock)
        {
            _processes.RemoveAll(one => one.Process.Exited.IsCompleted);
            processes = [.. _processes];
        }

        return [.. processes.Select(one => new PartUsage(one.Source, one.Process.Usage()))];
    }
}
