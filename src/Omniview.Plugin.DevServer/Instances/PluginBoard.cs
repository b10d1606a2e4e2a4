using System.Globalization;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Hosting;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.DevServer.Events;

namespace Omniview.Plugin.DevServer.Instances;

/// <summary>
/// What is known of one plugin: state, log and problems. Every change is published while the lock is held, so
/// subscribers see changes in the order in which they happened.
/// </summary>
internal sealed class PluginBoard(EventHub hub, DevServerState initial)
{
    private readonly Lock _lock = new();
    private readonly LogRing _log = new();
    private readonly SortedDictionary<ProblemSource, IReadOnlyList<Diagnostic>> _problems = [];
    private DevServerState _state = initial;
    private long _logSeq;
    private bool _closed;

    public DevServerState State
    {
        get
        {
            lock (_lock)
            {
                return _state;
            }
        }
    }

    public IReadOnlyList<BuildError> Errors
    {
        get
        {
            lock (_lock)
            {
                return CurrentErrors();
            }
        }
    }

    public IReadOnlyList<LogEntry> Logs(int count = 0)
    {
        lock (_lock)
        {
            return _log.Last(count);
        }
    }

    /// <summary>State, problems and log of one moment, together with a subscription that starts at that very moment.</summary>
    public (Subscription Events, DevServerState State, IReadOnlyList<BuildError> Errors, IReadOnlyList<LogEntry> Logs) Subscribe()
    {
        lock (_lock)
        {
            var events = hub.Subscribe(_state.PluginId);
            if (_closed)
            {
                events.Complete();
            }

            return (events, _state, CurrentErrors(), _log.Last(0));
        }
    }

    /// <summary>Changes the state; <see cref="DevServerState.LastError"/> follows from the problems and is not to be set.</summary>
    public void Update(Func<DevServerState, DevServerState> change)
    {
        lock (_lock)
        {
            var next = change(_state);
            if (!_closed && next != _state)
            {
                _state = next with { Seq = _state.Seq + 1 };
                hub.Publish(DevEvents.Status, _state.PluginId, _state);
            }
        }
    }

    /// <summary>The last state there will be: whatever still comes from a dying child changes nothing any more, and all subscriptions end.</summary>
    public void Close(Func<DevServerState, DevServerState> change)
    {
        lock (_lock)
        {
            Update(change);
            _closed = true;
            hub.Complete(_state.PluginId);
        }
    }

    public void Log(string source, string level, string message)
    {
        lock (_lock)
        {
            var time = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            var entry = new LogEntry(time, source, level, message, _state.PluginId, ++_logSeq, _state.Generation);
            _log.Add(entry);
            hub.Publish(DevEvents.Log, _state.PluginId, entry);
        }
    }

    public void Info(string source, string message) => Log(source, "info", message);

    public void Warn(string source, string message) => Log(source, "warn", message);

    public void Fail(string source, string message) => Log(source, "error", message);

    /// <summary>A line of a child, with a word on what was cut off.</summary>
    public void Output(string source, OutputLine line)
    {
        if (line.Text.Length > 0 || line.ElidedBytes > 0)
        {
            Log(source, "info", line.ElidedBytes == 0 ? line.Text : $"{line.Text} … ({line.ElidedBytes} more bytes)");
        }
    }

    /// <summary>Replaces the problems of one source; an empty list takes them back.</summary>
    public void SetProblems(ProblemSource source, IReadOnlyList<Diagnostic> problems)
    {
        lock (_lock)
        {
            if (problems.Count == 0 && !_problems.ContainsKey(source))
            {
                return;
            }

            if (problems.Count == 0)
            {
                _problems.Remove(source);
            }
            else
            {
                _problems[source] = problems;
            }

            var errors = CurrentErrors();
            hub.Publish(DevEvents.Error, _state.PluginId, new BuildErrors(_state.PluginId, errors));
            Update(state => state with { LastError = errors.Find(error => error.Severity == "error")?.Message ?? "" });
        }
    }

    private List<BuildError> CurrentErrors() => [.. _problems.Values.SelectMany(problems => problems).Select(BuildError.From)];
}
