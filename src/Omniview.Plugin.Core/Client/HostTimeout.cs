using System.ComponentModel;
using System.Diagnostics;

namespace Omniview.Plugin.Core.Client;

/// <summary>
/// How long a host is waited for. On a machine that is busy it gets little of the processor, so it is given up when it
/// has used none for a while, or when it has taken much longer.
/// </summary>
/// <param name="idle">How long it may do nothing.</param>
/// <param name="longest">How long it may take.</param>
internal sealed class HostTimeout(TimeSpan idle, TimeSpan longest)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _used;
    private TimeSpan _usedAt;

    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>Looks at what the process has used since the last look.</summary>
    public bool IsOver(Process? process)
    {
        if (UsedBy(process) is { } used && used != _used)
        {
            (_used, _usedAt) = (used, _clock.Elapsed);
        }

        return _clock.Elapsed - _usedAt > idle || _clock.Elapsed > longest;
    }

    private static TimeSpan? UsedBy(Process? process)
    {
        try
        {
            return process?.TotalProcessorTime;
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            return null; // it has ended, or it is another user's
        }
    }
}
