using Omniview.Plugin.Core.Text;

namespace Omniview.Plugin.DevServer.Board;

/// <summary>The time as lines of a log have it. Not for two threads at a time.</summary>
internal sealed class TimestampText(TimeProvider time)
{
    private (long Millisecond, string Text) _last;

    /// <summary>RFC 3339; one text for all lines of a millisecond.</summary>
    public string Now()
    {
        var now = time.GetUtcNow();
        var millisecond = now.ToUnixTimeMilliseconds();
        if (_last.Text is null || _last.Millisecond != millisecond)
        {
            _last = (millisecond, Timestamp.Of(now));
        }

        return _last.Text;
    }
}
