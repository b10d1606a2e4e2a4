namespace Omniview.Plugin.DevServer.Tests.Infra;

/// <summary>
/// Stand-ins for Vite, for what the real one can't be made to do: JavaScript in the place of its <c>vite.js</c>.
/// </summary>
internal static class FakeVite
{
    private const string Serve = """
        function serve() {
          require('http').createServer((_, answer) => answer.end('here'))
            .on('error', e => { console.error(`Error: Port ${port} is already in use`); process.exit(1); })
            .listen(port, '127.0.0.1', () => console.log(`  ➜  Local:   http://127.0.0.1:${port}/`));
        }

        """;

    public const string Good = Head + Serve + "serve();\n";

    /// <summary>Says that it serves, and does not.</summary>
    public const string Liar = Head
        + "console.log(`  Local:   http://127.0.0.1:${port}/`);\nsetInterval(() => {}, 1000);\n";

    public const string Silent = "setInterval(() => {}, 1000);\n";

    public const string Failing = "console.error('first word');\nconsole.error('last word');\nprocess.exit(3);\n";

    /// <summary>Writes a line of 300,000 bytes, which no pipe holds, before it serves.</summary>
    public const string Verbose = Head + Serve + "process.stdout.write('x'.repeat(300_000) + '\\n', serve);\n";

    /// <summary>Its socket is open in a child too, which is in a session of its own.</summary>
    public const string Inherited = Head + """
        const server = require('http').createServer((_, answer) => answer.end('here')).listen(port, '127.0.0.1', () => {
          const stdio = ['ignore', 'ignore', 'ignore', server._handle.fd];
          require('child_process').spawn('sleep', ['1000'], { detached: true, stdio });
          console.log(`  ➜  Local:   http://127.0.0.1:${port}/`);
        });
        """;

    /// <summary>Works until there is a file <c>../broken</c>; while that is there it fails at its start.</summary>
    public const string Breakable = Head + Serve + """
        if (require('fs').existsSync('../broken')) { console.error('the config is broken'); process.exit(1); }
        serve();
        """;

    private const string Head = "const port = Number(process.argv[process.argv.indexOf('--port') + 1]);\n";
}
