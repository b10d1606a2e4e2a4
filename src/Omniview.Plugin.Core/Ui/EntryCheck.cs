using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Ui;

/// <summary>Whether Omniview can load what was built.</summary>
public static class EntryCheck
{
    private const string HowToConfigure = "In vite.config set build.rollupOptions to { input: 'src/entry.ts', preserveEntrySignatures: 'exports-only', output: { format: 'system', entryFileNames: 'assets/entry.js' } }";

    /// <summary>Longest first: a style sheet's map is not served, a script's is.</summary>
    private static readonly string[] Served = [".js.map", ".js", ".css", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".ico", ".woff", ".woff2", ".ttf", ".html"];

    /// <summary>
    /// OVP5003 without an entry.js; OVP5004 when it isn't a SystemJS module; warning OVP5005 for every kind of file Omniview
    /// does not serve.
    /// </summary>
    /// <param name="assetsDirectory">Absolute path of the built assets folder; it need not exist.</param>
    public static IReadOnlyList<Diagnostic> Check(string assetsDirectory)
    {
        var entry = Path.Combine(assetsDirectory, "entry.js");
        var files = Directory.Exists(assetsDirectory)
            ? Directory.EnumerateFiles(assetsDirectory, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList()
            : [];
        List<Diagnostic> found = [];
        if (!File.Exists(entry))
        {
            found.Add(Diagnostic.Error(DiagnosticCodes.EntryMissing,
                $"The build wrote no assets/entry.js, which is what Omniview loads; {Describe(assetsDirectory, files)}. {HowToConfigure}.").At(entry));
        }
        else if (!IsSystemModule(File.ReadAllText(entry)))
        {
            found.Add(Diagnostic.Error(DiagnosticCodes.EntryNotSystemJs,
                $"assets/entry.js isn't a SystemJS module: Omniview loads plugins with SystemJS, so its first statement must be a call of System.register. {HowToConfigure}.").At(entry));
        }

        found.AddRange(files.Where(file => !Served.Any(extension => file.EndsWith(extension, StringComparison.OrdinalIgnoreCase)))
            .GroupBy(ExtensionOf, StringComparer.OrdinalIgnoreCase)
            .Select(kind => Diagnostic.Warning(DiagnosticCodes.AssetNotServed,
                $"Omniview serves no {(kind.Key.Length > 0 ? $"*{kind.Key}" : "files without extension")}, so the plugin can't load {List(assetsDirectory, kind)} when it is installed. Import it inline (?inline, ?raw) or use one of {string.Join(' ', Served)}.").At(kind.First())));
        return found;
    }

    /// <summary>Whether the first statement after comments and directives is a call of System.register.</summary>
    internal static bool IsSystemModule(ReadOnlySpan<char> script)
    {
        while (true)
        {
            script = script.TrimStart("\uFEFF \t\r\n\v\f;");
            if (script.StartsWith("//") || script.StartsWith("#!"))
            {
                var end = script.IndexOfAny('\r', '\n');
                script = end < 0 ? [] : script[end..];
            }
            else if (script.StartsWith("/*"))
            {
                var end = script[2..].IndexOf("*/");
                script = end < 0 ? [] : script[(end + 4)..];
            }
            else if (script.StartsWith("'use strict'") || script.StartsWith("\"use strict\""))
            {
                script = script["'use strict'".Length..];
            }
            else
            {
                return script.StartsWith("System") && script["System".Length..].TrimStart() is ['.', .. var member]
                    && member.TrimStart() is var call && call.StartsWith("register") && call["register".Length..].TrimStart() is ['(', ..];
            }
        }
    }

    private static string ExtensionOf(string file) =>
        Path.GetExtension(file) is not ".map" ? Path.GetExtension(file) : Path.GetExtension(Path.GetFileNameWithoutExtension(file)) + ".map";

    private static string Describe(string folder, List<string> files) =>
        files.Count == 0 ? $"there is nothing in {folder}" : $"in {folder} there is {List(folder, files)}";

    private static string List(string folder, IEnumerable<string> files)
    {
        const int Shown = 5;
        var names = files.Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).ToList();
        return string.Join(", ", names.Take(Shown)) + (names.Count > Shown ? $" and {names.Count - Shown} more" : "");
    }
}
