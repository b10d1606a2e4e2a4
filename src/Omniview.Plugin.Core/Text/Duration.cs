using System.Globalization;

namespace Omniview.Plugin.Core.Text;

/// <summary>
/// How long something took, for people: as precise as makes sense for its length. Programs get numbers.
/// </summary>
internal static class Duration
{
    /// <returns><c>150 ms</c>, <c>1.5 s</c>, <c>12 s</c>, <c>6 min 44 s</c> or <c>2 h 5 min</c>.</returns>
    public static string Text(TimeSpan time)
    {
        var milliseconds = Math.Round(time.TotalMilliseconds);
        var seconds = (long)Math.Round(time.TotalSeconds);
        return milliseconds < 1000 ? string.Create(CultureInfo.InvariantCulture, $"{milliseconds} ms")
            : milliseconds < 9950 ? string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000:0.#} s")
            : seconds < 60 ? string.Create(CultureInfo.InvariantCulture, $"{seconds} s")
            : seconds < 3600 ? string.Create(CultureInfo.InvariantCulture, $"{seconds / 60} min {seconds % 60} s")
            : string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600} h {seconds / 60 % 60} min");
    }

    public static string Text(double milliseconds) => Text(TimeSpan.FromMilliseconds(milliseconds));
}
