using System.Globalization;
using System.Runtime.InteropServices;
using Omniview.Plugin.Bench.Measuring;
using Omniview.Plugin.Bench.Saves;

namespace Omniview.Plugin.Bench;

/// <summary>
/// What the dev host takes of the machine while nobody saves, and whether many plugins slow the save of one.
/// </summary>
internal sealed partial class Resources : IScenario
{
    // what the saves before it leave to be done is not idling
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(20);
    private static readonly int[] Counts = [1, 10, 50];

    public string Name => "resources";

    public string About =>
        $"One dev host with 1, 10 and 50 copies of the sample plugin (backend only), {Window.TotalSeconds} seconds " +
        $"without a save, {Settling.TotalSeconds} seconds after the last: its processor time, and what it has in " +
        "memory at the end. "
        + "Then saves of one of them, with and without a change. There is no peer; the save with 50 is to be " +
            "compared with that with 1. Linux only.";

    public async Task<IReadOnlyList<Comparison>> MeasureAsync(
        World world, Runner runner, CancellationToken cancellation)
    {
        var loops = new List<DevLoop>();
        var found = new List<Comparison>();
        try
        {
            foreach (var count in Counts)
            {
                while (loops.Count < count)
                {
                    var number = loops.Count.ToString("00", CultureInfo.InvariantCulture);
                    loops.Add(await DevLoop.StartAsync(
                        world, PluginProject.Sample(world, $"resources-{number}", $"bench-{number}"), cancellation));
                }

                // behind a start the loop still finds out how to build without go
                await Task.Delay(Settling, cancellation);
                var saves = new List<double>();
                for (var save = 0; save < runner.Rounds; save++)
                {
                    saves.Add((await loops[0].SaveAsync(cancellation)).TotalMilliseconds);
                }

                await Task.Delay(Settling, cancellation);
                var before = Processor(loops[0].HostPid);
                await Task.Delay(Window, cancellation);
                var share = (Processor(loops[0].HostPid) - before) / Window;
                found.Add(Alone($"{count} plugins: host's processor, idle, %", 100 * share));
                found.Add(
                    Alone(
                        $"{count} plugins: host's processor for a save that changes nothing, ms",
                        await UnchangedAsync(loops[0], share, cancellation)));
                found.Add(Alone($"{count} plugins: host's memory, MB", Memory(loops[0].HostPid)));
                found.Add(
                    new Comparison(
                        $"{count} plugins: save → ready of one, ms",
                        new Series("dev loop (ours)", saves),
                        [],
                        InRounds: false));
            }

            return found;
        }
        finally
        {
            foreach (var loop in loops)
            {
                await loop.DisposeAsync();
            }
        }
    }

    private static async Task<double> UnchangedAsync(DevLoop loop, double idleShare, CancellationToken cancellation)
    {
        const int Saves = 20;
        var pause = TimeSpan.FromMilliseconds(100);
        var before = Processor(loop.HostPid);
        for (var save = 0; save < Saves; save++)
        {
            loop.SaveAgain();
            await Task.Delay(pause, cancellation);
        }

        return Math.Max(0, (Processor(loop.HostPid) - before - (idleShare * Saves * pause)).TotalMilliseconds / Saves);
    }

    private static Comparison Alone(string measure, double value) =>
        new(measure, new Series("dev loop (ours)", [value]), [], InRounds: false);

    /// <summary>
    /// User and system time of all its threads, those that have ended too: to the nanosecond, where /proc tells
    /// hundredths of a second.
    /// </summary>
    private static TimeSpan Processor(int pid)
    {
        if (clock_getcpuclockid(pid, out var clock) != 0 || clock_gettime(clock, out var time) != 0)
        {
            throw new BenchException($"The system does not say how much processor time {pid} has had.");
        }

        return TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000.0);
    }

    [LibraryImport("libc")]
    private static partial int clock_getcpuclockid(int pid, out int clock);

    [LibraryImport("libc")]
    private static partial int clock_gettime(int clock, out TimeSpec time);

    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }

    private static double Memory(int pid)
    {
        var line = File.ReadLines($"/proc/{pid}/status").First(
            line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(
            ' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
    }
}
