using System.Globalization;

namespace Omniview.Plugin.Core.Ui.Packages;

/// <summary>
/// Says that packages are being installed, and every ten seconds how long it has been and what was said last: some
/// managers say nothing for minutes when they are not at a terminal.
/// </summary>
internal sealed class InstallProgress : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly string _manager;
    private readonly Action<string> _tell;
    private readonly TimeProvider _time;
    private readonly long _begin;
    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private string _last = "";
    private bool _disposed;

    public InstallProgress(string manager, Action<string> tell, TimeProvider? time = null)
    {
        (_manager, _tell, _time) = (manager, tell, time ?? TimeProvider.System);
        _begin = _time.GetTimestamp();
        tell($"ui: installing packages with {manager}");
        _timer = _time.CreateTimer(_ => Tick(), null, Interval, Interval);
    }

    /// <summary>A line of the package manager.</summary>
    public void Said(string line)
    {
        lock (_lock)
        {
            _last = line.Trim() is { Length: > 0 } text ? text : _last;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true; // nothing is told when the install has ended
        }

        _timer.Dispose();
    }

    private void Tick()
    {
        lock (_lock)
        {
            if (!_disposed)
            {
                _tell(string.Create(
                    CultureInfo.InvariantCulture, $"ui: {_manager} is at it for " +
                        $"{_time.GetElapsedTime(_begin).TotalSeconds:0} s{(_last.Length > 0 ? ": " : "")}{_last}"));
            }
        }
    }
}
