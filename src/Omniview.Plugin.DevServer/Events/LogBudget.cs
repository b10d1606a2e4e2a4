namespace Omniview.Plugin.DevServer.Events;

/// <summary>
/// How much of a plugin's log goes out as events: 5,000 lines of usual length at once and as many per second; a long
/// line counts for several. A plugin that prints without end must cost its listeners, and the other plugins, no more
/// than that.
/// </summary>
internal sealed class LogBudget(TimeProvider time)
{
    private const int Lines = 5000;
    private const int UsualLength = 256;

    private double _left = Lines;
    private long _last = time.GetTimestamp();

    public bool Take(string message)
    {
        var now = time.GetTimestamp();
        _left = Math.Min(Lines, _left + (time.GetElapsedTime(_last, now).TotalSeconds * Lines));
        _last = now;
        var cost = 1 + (message.Length / UsualLength);
        if (_left < cost)
        {
            return false;
        }

        _left -= cost;
        return true;
    }
}
