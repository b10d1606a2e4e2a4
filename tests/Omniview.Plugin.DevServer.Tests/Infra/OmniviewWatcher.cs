namespace Omniview.Plugin.DevServer.Tests.Infra;

/// <summary>
/// What Omniview's own watcher makes of what happens to <c>.devinfo</c>: each write of it is a connect, after a
/// disconnect if it was connected, and its removal is a disconnect.
/// </summary>
internal sealed class OmniviewWatcher : IDisposable
{
    private readonly Lock _lock = new();
    private readonly FileSystemWatcher _watcher;
    private readonly List<string> _events = [];
    private readonly Action? _written;
    private bool _connected;

    /// <param name="devInfo">The file.</param>
    /// <param name="written">Called at each connect.</param>
    public OmniviewWatcher(string devInfo, Action? written = null)
    {
        _written = written;
        var folder = Path.GetDirectoryName(devInfo)!;
        Directory.CreateDirectory(folder);
        _watcher = new FileSystemWatcher(folder) { NotifyFilter = NotifyFilters.FileName };
        _watcher.Created += (_, change) => Happened(change.Name, isThere: true);
        _watcher.Deleted += (_, change) => Happened(change.Name, isThere: false);
        _watcher.Renamed += (_, change) =>
        {
            Happened(change.OldName, isThere: false);
            Happened(change.Name, isThere: true);
        };
        _watcher.EnableRaisingEvents = true;
    }

    /// <summary>
    /// All so far: <c>connect</c> and <c>disconnect</c>, and <c>removed</c> before those disconnects that left nothing
    /// to connect to.
    /// </summary>
    public async Task<IReadOnlyList<string>> EventsAsync()
    {
        var mark = $"mark-{Guid.NewGuid():N}";
        await File.WriteAllTextAsync(Path.Combine(_watcher.Path, mark), "", TestContext.Current.CancellationToken);
        await Poll.UntilAsync(() => Seen().Contains(mark), "what happened before is told too");
        File.Delete(Path.Combine(_watcher.Path, mark));
        return [.. Seen().Where(one => !one.StartsWith("mark-", StringComparison.Ordinal))];
    }

    public List<string> Seen()
    {
        lock (_lock)
        {
            return [.. _events];
        }
    }

    public void Dispose() => _watcher.Dispose();

    private void Happened(string? name, bool isThere)
    {
        lock (_lock)
        {
            if (name == ".devinfo")
            {
                if (!isThere)
                {
                    _events.Add("removed");
                }

                if (_connected)
                {
                    _events.Add("disconnect");
                }

                if (isThere)
                {
                    _events.Add("connect");
                    _written?.Invoke();
                }

                _connected = isThere;
            }
            else if (isThere && name?.StartsWith("mark-", StringComparison.Ordinal) == true)
            {
                _events.Add(name);
            }
        }
    }
}
