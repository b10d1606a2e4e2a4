using System.Collections.Immutable;
using System.Globalization;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Events;
using Omniview.Plugin.DevServer.StateMachine;

namespace Omniview.Plugin.DevServer.Board;

/// <summary>
/// What is known of one plugin: state, log and problems. Every change is published while the lock is held, so
/// subscribers see changes in the order in which they happened.
/// </summary>
internal sealed class PluginBoard : IDisposable
{
    private static readonly TimeSpan LogInterval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly EventHub _hub;
    private readonly TimeProvider _time;
    private readonly LogRing _log = new();
    private readonly PendingLog _pending;
    private readonly ITimer _flush;
    private readonly ShownProblems _problems;
    private readonly TimestampText _timestamps;
    private DevServerState _state;
    private long _lastFlush;
    private bool _flushArmed;
    private long _linesDropped;
    private bool _closed;

    /// <param name="files">Where the lines around a problem are read; null shows none.</param>
    public PluginBoard(EventHub hub, DevServerState initial, TimeProvider? time = null, SourceFiles? files = null)
    {
        _hub = hub;
        _problems = new ShownProblems(files);
        _time = time ?? TimeProvider.System;
        _timestamps = new TimestampText(_time);
        _state = initial with { Seq = hub.NextStateSeq(initial.PluginId) };
        _pending = new PendingLog(_time);
        _flush = _time.CreateTimer(
            _ => Unfailing.Do("passing on log lines", FlushLogs),
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

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
                return _problems.All();
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

    /// <summary>
    /// State, problems and log of one moment, together with a subscription that starts at that very moment.
    /// </summary>
    public (
        Subscription Events,
        DevServerState State,
        IReadOnlyList<BuildError> Errors,
        IReadOnlyList<LogEntry> Logs
    ) Subscribe()
    {
        lock (_lock)
        {
            FlushLogs(); // those lines are in the log that is returned
            var events = _hub.Subscribe(_state.PluginId);
            if (_closed)
            {
                events.Complete();
            }

            return (events, _state, _problems.All(), _log.Last(0));
        }
    }

    /// <summary>Shows a state and the problems of it, and tells of what is another than before.</summary>
    /// <param name="state">What the log and the stream of events add to it is not to be set.</param>
    /// <param name="problems">By what they came from. A list that is another object is told again: the lines around a
    /// problem may have changed.</param>
    public void Show(DevServerState state, ImmutableSortedDictionary<ProblemSource, IReadOnlyList<Diagnostic>> problems)
    {
        var shown = _problems.Read(problems);
        lock (_lock)
        {
            if (_closed)
            {
                return;
            }

            if (shown is not null)
            {
                _problems.Show(problems, shown);
                FlushLogs();
                _hub.Publish(DevEvents.Error, _state.PluginId, new BuildErrors(_state.PluginId, _problems.All()));
            }

            Tell(state);
        }
    }

    /// <summary>
    /// What was shown last is the last there will be: whatever still comes from a dying child is told to nobody, and
    /// all subscriptions end.
    /// </summary>
    public void Close()
    {
        lock (_lock)
        {
            FlushLogs();
            _closed = true;
            _hub.Complete(_state.PluginId);
        }
    }

    /// <summary>
    /// Keeps a line, and passes it on: at once, or, when the last ones went out less than 100 ms ago, together with
    /// those that still come in this time.
    /// </summary>
    public void Log(string source, string level, string message)
    {
        lock (_lock)
        {
            Keep(source, level, message);
            if (_time.GetElapsedTime(_lastFlush) >= LogInterval)
            {
                FlushLogs();
            }
            else if (!_flushArmed)
            {
                _flushArmed = true;
                _flush.Change(LogInterval, Timeout.InfiniteTimeSpan);
            }
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

    /// <summary>Tells how a swap goes on.</summary>
    public void TellReload(string type, string error = "")
    {
        lock (_lock)
        {
            _hub.Publish(type, _state.PluginId, new DevReload(_state.PluginId, error));
        }
    }

    public void Dispose() => _flush.Dispose();

    private void Tell(DevServerState state)
    {
        if (state with { Seq = _state.Seq, LogLinesDropped = _linesDropped } != _state)
        {
            FlushLogs(); // what was said before comes before, and may be a change itself
            _state = state with { Seq = _hub.NextStateSeq(_state.PluginId), LogLinesDropped = _linesDropped };
            _hub.Publish(DevEvents.Status, _state.PluginId, _state);
        }
    }

    private void Keep(string source, string level, string message)
    {
        var entry = new LogEntry(
            _timestamps.Now(),
            source,
            level,
            message,
            _state.PluginId,
            _hub.NextLogSeq(_state.PluginId),
            _state.Generation);
        _log.Add(entry);
        if (!_closed) // nothing is told after the last status
        {
            _pending.Add(entry);
        }
    }

    private void FlushLogs()
    {
        lock (_lock)
        {
            _flushArmed = false;
            var leftOut = _pending.TakeLeftOut();
            if (leftOut > 0)
            {
                Keep(
                    LogSource.Manager,
                    "warn",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{leftOut} lines came too fast to be shown here; the last {LogRing.Capacity} of all are " +
                        $"kept in the log"
                    ));
            }

            if (_pending.Take() is { Length: > 0 } entries)
            {
                _lastFlush = _time.GetTimestamp();
                _hub.Publish(DevEvents.Log, _state.PluginId, entries, entries.Sum(entry => entry.Message.Length + 256));
            }

            if (leftOut > 0)
            {
                _linesDropped += leftOut;
                Tell(_state);
            }
        }
    }
}
