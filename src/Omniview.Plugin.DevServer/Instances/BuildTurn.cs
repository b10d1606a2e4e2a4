using System.Diagnostics;
using System.Globalization;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Instances;

/// <summary>A turn of the loop while it goes on: what is measured of it, and how it ended.</summary>
internal sealed class BuildTurn
{
    private readonly long _started = Stopwatch.GetTimestamp();

    public DateTimeOffset StartedAt { get; } = DateTimeOffset.UtcNow;

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    public BuildPhases Phases { get; set; } = new();

    /// <summary>Built without the go command, which was not asked what the program is made of either.</summary>
    public bool IsIncremental { get; set; }

    public string Result { get; set; } = "failed";

    public string Error { get; set; } = "";

    public BuildRecord ToRecord(long number, int generation) =>
        new(number, StartedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), Result, generation, Phases, Elapsed.TotalMilliseconds, Error);
}
