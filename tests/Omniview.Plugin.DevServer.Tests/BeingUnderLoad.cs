using System.Diagnostics;
using System.Globalization;
using System.Net.ServerSentEvents;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class BeingUnderLoad : HostScratch
{
    private const string Marker = "the flood has ended";

    [Fact]
    public async Task A_plugin_that_never_stops_talking_costs_a_fixed_amount_and_holds_up_no_other()
    {
        const int Seconds = 10;
        var other = Path.Combine(Root, "other");
        Plugins.CopyBackend(other);
        Plugins.WriteManifest(other, "resource", "second-one");
        var main = Path.Combine(other, "pkg/main.go");
        await File.WriteAllTextAsync(
            main,
            (await File.ReadAllTextAsync(main, Cancellation)).Replace(
                $"pluginID = \"{Plugins.Id}",
                "pluginID = \"second-one",
                StringComparison.Ordinal),
            Cancellation);

        var quiet = await OpenAsync(Settings(other));
        await quiet.ReadyAsync(1);
        var before = await SaveAsync(quiet, other, 2);
        var memory = ResidentBytes(quiet.Host.Record.Pid);

        Plugins.CopyBackend(Project);
        Write("pkg/flood.go", Flood(linesPerSecond: 200_000, Seconds));
        var loud = await OpenAsync();
        await loud.ReadyAsync(1);
        var during = new List<TimeSpan>();
        var peak = 0L;
        for (var i = 3; i <= 6; i++)
        {
            during.Add(await SaveAsync(quiet, other, i));
            peak = Math.Max(peak, ResidentBytes(quiet.Host.Record.Pid));
        }

        await loud.LogAsync(Marker);
        peak = Math.Max(peak, ResidentBytes(quiet.Host.Record.Pid));
        var state = await loud.Host.GetStateAsync(Plugins.Id, Cancellation);

        TestContext.Current.SendDiagnosticMessage(
            $"save to ready {before.TotalMilliseconds:0} ms, under load " +
            $"{string.Join(", ", during.Select(one => $"{one.TotalMilliseconds:0}"))}; host {memory / 1_000_000} " +
            $"MB, at most {peak / 1_000_000} MB; {state.LogLinesDropped} lines dropped");
        Assert.InRange(state.LogLinesDropped, 1_000_000, Seconds * 200_000);
        Assert.InRange(peak - memory, 0, 150_000_000);
    }

    [Fact]
    public async Task Of_a_hundred_listeners_ten_that_never_read_hold_up_nobody()
    {
        Plugins.CopyBackend(Project);
        Write("pkg/flood.go", Flood(linesPerSecond: 1000, seconds: 3));
        await (await KeepHostAsync()).ViteReadyAsync(); // from here on it says nothing
        using var host = await HostAsync();
        var listeners = Enumerable.Range(0, 100).Select(_ => new RawApi(host.Record)).ToList();
        var deaf = listeners.Take(10).Select(api => api.FollowAsync()).ToList(); // connected, and not read from
        await Task.WhenAll(deaf);
        var memory = ResidentBytes(host.Record.Pid);
        var reading = (await Task.WhenAll(
            listeners.Skip(10).Select(api => api.FollowAsync()))).Select(ReadAsync).ToList();

        await OpenAsync();
        var heard = await Task.WhenAll(reading);

        var peak = ResidentBytes(host.Record.Pid);
        listeners.ForEach(api => api.Dispose());
        TestContext.Current.SendDiagnosticMessage(
            $"{heard[0].Count} events to each, " +
            $"{heard.Count(events => events.Exists(one => one.EventType == DevEvents.Lagged))} lagged; host " +
            $"{memory / 1_000_000} MB, then {peak / 1_000_000} MB");
        var complete = heard.Where(events => events.TrueForAll(one => one.EventType != DevEvents.Lagged)).ToList();
        Assert.NotEmpty(complete);
        Assert.All(complete, events => Assert.Equal(Ids(complete[0]), Ids(events)));
        Assert.InRange(peak - memory, 0, 150_000_000);
    }

    private static async Task<List<SseItem<string>>> ReadAsync(IAsyncEnumerable<SseItem<string>> stream)
    {
        var events = new List<SseItem<string>>();
        await foreach (var one in stream)
        {
            if (one.EventType != DevEvents.Snapshot)
            {
                events.Add(new SseItem<string>("", one.EventType) { EventId = one.EventId });
            }

            if (one.Data.Contains(Marker, StringComparison.Ordinal))
            {
                break;
            }
        }

        return events;
    }

    private static List<string?> Ids(List<SseItem<string>> events) => events.ConvertAll(one => one.EventId);

    private static string Flood(int linesPerSecond, int seconds) => $$"""
        package main

        import (
        	"bufio"
        	"fmt"
        	"os"
        	"time"
        )

        func init() {
        	go func() {
        		out := bufio.NewWriterSize(os.Stdout, 1<<16)
        		tick := time.NewTicker(10 * time.Millisecond)
        		for i := 0; i < {{linesPerSecond * seconds}}; i++ {
        			if i%{{linesPerSecond / 100}} == 0 {
        				out.Flush()
        				<-tick.C
        			}
        			fmt.Fprintf(out, "line %d of many that say nothing of interest to anybody at all\n", i)
        		}
        		out.Flush()
        		time.Sleep(2 * time.Second) // so that there is room for a last word again
        		fmt.Println("{{Marker}}")
        	}()
        }
        """;

    private static long ResidentBytes(int pid) =>
        long.Parse(File.ReadAllText($"/proc/{pid}/statm").Split(' ')[1], CultureInfo.InvariantCulture)
        * System.Environment.SystemPageSize;

    /// <summary>How long it takes from a save to the plugin that has it.</summary>
    private static async Task<TimeSpan> SaveAsync(Dev dev, string project, int generation)
    {
        var clock = Stopwatch.StartNew();
        await File.WriteAllTextAsync(
            Path.Combine(project, "pkg/greeting.go"),
            $"package main\n\nvar greeting = \"Number {generation}\"\n",
            Cancellation);
        await dev.ReadyAsync(generation);
        return clock.Elapsed;
    }
}
