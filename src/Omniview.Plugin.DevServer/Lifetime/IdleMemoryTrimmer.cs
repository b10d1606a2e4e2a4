using System.Runtime;
using System.Runtime.InteropServices;
using Omniview.Plugin.DevServer.Events;

namespace Omniview.Plugin.DevServer.Lifetime;

/// <summary>
/// Gives memory back when nothing happens any more: what a build has left behind would otherwise stay until the next
/// ones have filled the heap, which on a machine with a large cache is tens of megabytes later.
/// </summary>
/// <param name="events">All that happens.</param>
/// <param name="trim">What to do; null for what really gives memory back.</param>
internal sealed partial class IdleMemoryTrimmer(EventHub events, Action? trim = null)
{
    private readonly Action _trim = trim ?? Trim;
    private long _last = -1;
    private bool _trimmed;

    /// <summary>To be called now and then; trims when nothing has happened since the last time but one.</summary>
    public void Look()
    {
        var last = events.Last;
        if (last != _last)
        {
            (_last, _trimmed) = (last, false);
        }
        else if (!_trimmed)
        {
            _trimmed = true;
            _trim();
        }
    }

    private static void Trim()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        try
        {
            if (OperatingSystem.IsLinux())
            {
                _ = malloc_trim(0);
            }
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            // not glibc
        }
    }

    /// <summary>malloc_trim(3): gives the free memory of all arenas back.</summary>
    [LibraryImport("libc")]
    private static partial int malloc_trim(nuint pad);
}
