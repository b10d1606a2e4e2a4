using System.Text.Json;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Ui.Packages;

namespace Omniview.Plugin.Core.Ui.Building;

/// <summary>Whether Omniview can load what was built.</summary>
/// <param name="node">Runs the entry.</param>
/// <param name="limit">How long that may take.</param>
internal sealed class EntryCheck(NodeTool node, TimeSpan limit)
{
    private const string HowToConfigure =
        "In vite.config set build.rollupOptions to { input: 'src/entry.ts', preserveEntrySignatures: " +
        "'exports-only', output: { format: 'system', entryFileNames: 'assets/entry.js' } }";
    private const int ShownBeginning = 60;

    /// <summary>
    /// Runs a script in a realm of its own, which has nothing of Node: System, and stand-ins for what a page offers,
    /// for helpers that look at it before. What the script throws after System.register is no concern of SystemJS's
    /// loading.
    /// </summary>
    private const string Probe = """
        const vm = require('vm');
        const context = vm.createContext(Object.create(null));
        vm.runInContext(`
          'use strict';
          var registered = false, failure = null;
          const anything = new Proxy(function () {}, {
            get: (_, name) => name === Symbol.toPrimitive ? () => ''
              : name === Symbol.iterator ? () => [].values()
              : anything,
            set: () => true, apply: () => anything, construct: () => anything,
          });
          globalThis.System = { register() { registered = true; } };
          globalThis.window = globalThis.self = globalThis;
          for (const name of ['document', 'navigator', 'location', 'localStorage', 'sessionStorage', 'customElements'])
            globalThis[name] = anything;
        `, context);
        let error = null;
        try {
          new vm.Script(require('fs').readFileSync(process.argv[1], 'utf8')).runInContext(context);
        } catch (e) {
          context.failure = e;
          error = vm.runInContext('try { String(failure) } catch { "something without a text" }', context);
        }
        console.log(JSON.stringify({ registered: vm.runInContext('registered', context) === true, error }));
        """;

    /// <summary>Longest first: a style sheet's map is not served, a script's is.</summary>
    private static readonly string[] Served = [
        ".js.map", ".js", ".css", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".ico", ".woff", ".woff2", ".ttf", ".html"];

    /// <summary>
    /// OVP5003 without an entry.js; OVP5004 when SystemJS finds no module in it; warning OVP5005 for every kind of file
    /// Omniview does not serve.
    /// </summary>
    /// <param name="assetsDirectory">Absolute path of the built assets folder; it need not exist.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<IReadOnlyList<Diagnostic>> RunAsync(string assetsDirectory, CancellationToken cancellation)
    {
        var entry = Path.Combine(assetsDirectory, "entry.js");
        Diagnostic? problem = null;
        if (!File.Exists(entry))
        {
            problem = Diagnostic.Error(DiagnosticCodes.EntryMissing,
                "The build wrote no assets/entry.js, which is what Omniview loads; " +
                $"{Describe(assetsDirectory, Files(assetsDirectory))}. {HowToConfigure}.");
        }
        else if (await WhyNoModuleAsync(entry, cancellation) is { } found)
        {
            problem = Diagnostic.Error(DiagnosticCodes.EntryNotSystemJs,
                $"assets/entry.js isn't a SystemJS module, and Omniview loads no other: {found}. It begins with " +
                $"`{Beginning(entry)}`. {HowToConfigure}.");
        }

        return [.. problem is null ? [] : new[] { problem.At(entry) }, .. Warnings(assetsDirectory)];
    }

    /// <summary>Warning OVP5005 for every kind of file Omniview does not serve.</summary>
    public static IEnumerable<Diagnostic> Warnings(string assetsDirectory) =>
        Files(assetsDirectory).Where(
            file => !Served.Any(extension => file.EndsWith(extension, StringComparison.OrdinalIgnoreCase)))
            .GroupBy(ExtensionOf, StringComparer.OrdinalIgnoreCase)
            .Select(kind => Diagnostic.Warning(DiagnosticCodes.AssetNotServed,
                $"Omniview serves no {(kind.Key.Length > 0 ? $"*{kind.Key}" : "files without extension")}, so the " +
                $"plugin can't load {List(assetsDirectory, kind)} when it is installed. Import it inline (?inline, " +
                $"?raw) or use one of {string.Join(' ', Served)}.").At(kind.First()));

    /// <summary>Null when it calls System.register: the only thing SystemJS looks for.</summary>
    private async Task<string?> WhyNoModuleAsync(string entry, CancellationToken cancellation)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limited.CancelAfter(limit);
        var said = new OutputTail(_ => { });
        var spec = new ProcessSpec(node.Executable, ["-e", Probe, entry], Path.GetDirectoryName(entry)!)
        {
            Environment = new Dictionary<string, string?>(UiEnvironment.Names) { ["NODE_OPTIONS"] = null },
        };
        int exitCode;
        try
        {
            exitCode = await ToolRunner.RunAsync(spec, said.Add, limited.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"run by itself, it had not come to an end after {limit.TotalSeconds:0} s";
        }

        return exitCode == 0
            ? WhyNoModule(string.Concat(said.Lines))
            : $"run by itself, it ended Node.js with exit code {exitCode}: {said.Reason(3)}";
    }

    private static string? WhyNoModule(string answer)
    {
        using var json = JsonDocument.Parse(answer);
        if (json.RootElement.GetProperty("registered").GetBoolean())
        {
            return null;
        }

        var error = json.RootElement.GetProperty("error").GetString();
        return error is null ? "it comes to its end and has not called System.register"
            : error.Contains("outside a module", StringComparison.Ordinal)
                || error.Contains("token 'export'", StringComparison.Ordinal) ? $"it is an ES module ({error})"
            : $"it fails before it calls System.register ({error})";
    }

    private static string Beginning(string entry)
    {
        using var reader = new StreamReader(entry);
        var text = new char[ShownBeginning];
        var length = reader.ReadBlock(text);
        var line = string.Join(
            ' ', new string(text, 0, length).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return reader.Peek() < 0 ? line : line + "…";
    }

    private static List<string> Files(string assetsDirectory) =>
        Directory.Exists(assetsDirectory)
            ? [.. Directory.EnumerateFiles(
                assetsDirectory, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)]
            : [];

    private static string ExtensionOf(string file) =>
        Path.GetExtension(file) is not ".map"
            ? Path.GetExtension(file)
            : Path.GetExtension(Path.GetFileNameWithoutExtension(file)) + ".map";

    private static string Describe(string folder, List<string> files) =>
        files.Count == 0 ? $"there is nothing in {folder}" : $"in {folder} there is {List(folder, files)}";

    private static string List(string folder, IEnumerable<string> files)
    {
        const int Shown = 5;
        var names = files.Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).ToList();
        return string.Join(", ", names.Take(Shown)) + (names.Count > Shown ? $" and {names.Count - Shown} more" : "");
    }
}
