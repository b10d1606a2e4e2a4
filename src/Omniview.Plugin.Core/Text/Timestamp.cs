using System.Globalization;

namespace Omniview.Plugin.Core.Text;

/// <summary>Moments as they are written: for programs, and for people at this machine.</summary>
internal static class Timestamp
{
    /// <summary>RFC 3339 with milliseconds, UTC: <c>2026-11-30T06:57:42.123Z</c>.</summary>
    public static string Of(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The time of day it was here, of a text of <see cref="Of"/>: <c>07:57:42</c>.</summary>
    public static string TimeOfDay(string timestamp) =>
        DateTimeOffset.Parse(timestamp, CultureInfo.InvariantCulture).ToLocalTime()
            .ToString("HH:mm:ss", CultureInfo.InvariantCulture);
}
