using System.Text.Json;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Tests.Infra;

/// <summary>
/// Plugins for the page as a script for it: what it asks the dev host for is answered in the browser. For what a page
/// does with more plugins, and with other states, than a test can run.
/// </summary>
internal static class StagedPlugins
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private const string Panic =
        "The plugin ended with exit code 2 before it was ready. It printed:\n"
        + "panic: boom\n\ngoroutine 1 [running]:\nmain.main()\n\t/p/plugin-01/pkg/main.go:18 +0x1d";

    private const string Answers = """
        const asked = window.fetch;
        window.opened = [];
        const number = id => staged.plugins.findIndex(plugin => plugin.pluginID === id);
        const answers = {
          logs: id => Array.from({ length: 50 }, (_, line) => ({
            timestamp: `2026-01-01T00:00:${10 + line}.000Z`, source: 'plugin', level: 'info', pluginID: id,
            seq: line + 1, generation: 1,
            message: `line ${line} of ${id}, which is a long one, as they are`,
          })),
          builds: id => [{
            number: 1, startedAt: '', result: 'ready', generation: 1, phases: { buildMs: 10 }, error: '',
            totalMs: 100 * (1 + number(id) * 7 % 20),
          }],
          process: id => [{
            source: 'plugin',
            usage: {
              pid: 1, state: 'S', cpuPercent: number(id) * 3 % 20,
              residentBytes: (1 + number(id) * 11 % 20) * 1048576,
            },
          }],
        };
        window.fetch = async (address, options) => {
          const [, id, what] = /^\/api\/v1\/plugins\/([^/]+)\/(\w+)$/.exec(address) ?? [];
          if (what === 'open') {
            opened.push(JSON.parse(options.body));
            return Response.json({});
          }

          if (address !== '/api/v1/events') {
            return id === undefined ? asked(address, options) : Response.json(answers[what](id));
          }

          const snapshot = new TextEncoder().encode(`event: snapshot\nid: 1\ndata: ${JSON.stringify(staged)}\n\n`);
          const body = new ReadableStream({ start: stream => stream.enqueue(snapshot) });
          return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } });
        };
        """;

    /// <summary>
    /// So many plugins; with errors, the new program of the first has panicked, and the UI of the last is wrong.
    /// </summary>
    public static string Script(int count, bool errors)
    {
        var plugins = Enumerable.Range(1, count).Select(number => new
        {
            PluginID = Name(number),
            Mode = "managed",
            DevPath = $"/p/{Name(number)}",
            VitePort = 15000 + number,
            ViteURL = $"http://127.0.0.1:{15000 + number}",
            ViteStatus = errors && number == count ? "error" : "ready",
            GoStatus = errors && number == 1 ? "error" : "ready",
            GrpcConnected = true,
            Generation = (number * 13 % 20) + 1,
            Stale = errors && number == 1,
            StaleReason = errors && number == 1 ? "the new program ended at its start" : "",
            ViteError = errors && number == count ? "ui/src/App.tsx:12:3: Cannot find name 'missing'." : "",
            PluginPid = 1000 + number,
            Seq = 1,
            PluginHealth = "serving",
            Status = errors && (number == 1 || number == count) ? "error" : "ready",
        });
        var panicked = new BuildError("", 0, 0, Panic, "OVP3007", "error", "");
        var misspelt = new BuildError(
            $"/p/{Name(count)}/ui/src/App.tsx", 12, 3, "Cannot find name 'missing'.", "TS2304", "error", "");
        Told[] told = count == 1
            ? [new(Name(1), [panicked, misspelt])]
            : [new(Name(1), [panicked]), new(Name(count), [misspelt])];
        return "window.staged = " +
            $"{JsonSerializer.Serialize(new { plugins, errors = errors ? told : [] }, Web)};\n{Answers}";
    }

    public static string Name(int number) => $"plugin-{number:00}";

    private sealed record Told(string PluginID, BuildError[] Errors);
}
