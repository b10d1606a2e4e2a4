using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Text;

namespace Omniview.Plugin.Core.Manifest;

/// <summary>The files that a plugin's capabilities ask for, beside plugin.yaml.</summary>
internal static class ManifestFiles
{
    // Vite's DEFAULT_CONFIG_FILES (vite.dev/config).
    private static readonly string[] _viteConfigs = ["ts", "js", "mts", "mjs", "cts", "cjs"];

    public static IEnumerable<Diagnostic> Missing(ManifestText source, IReadOnlyList<YamlNode> capabilities)
    {
        var project = Path.GetDirectoryName(source.File)!;
        if (capabilities.FirstOrDefault(capability => capability.Text != Capability.Ui) is { } backend
            && MissingGo(project) is { } go)
        {
            yield return source.Error(
                DiagnosticCodes.BackendFilesMissing,
                backend.Index,
                $"The capability {Shown.Text(backend.Text!)} needs a Go part, and {go}. Put its main package there " +
                "(pkg/main.go), or remove the capability.");
        }

        var missingUi = MissingUi(project).ToList();
        if (missingUi.Count > 0
            && capabilities.FirstOrDefault(capability => capability.Text == Capability.Ui) is { } ui)
        {
            yield return source.Error(
                DiagnosticCodes.UiFilesMissing,
                ui.Index,
                $"The capability 'ui' needs a Vite project, and there is no {string.Join(" and no ", missingUi)}. " +
                "Add what is missing, or remove the capability.");
        }
    }

    private static string? MissingGo(string project)
    {
        var folder = Path.Combine(project, "pkg");
        if (!Directory.Exists(folder))
        {
            return "there is no folder pkg";
        }

        var options = new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = 0 };
        return Directory.EnumerateFiles(folder, "*", options).Any(file => IsGoSource(Path.GetFileName(file)))
            ? null
            : "the folder pkg holds no .go file besides tests";
    }

    // Go passes over names that start with '.' or '_' (go help packages).
    private static bool IsGoSource(string name) =>
        name.EndsWith(".go", StringComparison.Ordinal) && !name.EndsWith("_test.go", StringComparison.Ordinal)
            && name[0] is not ('.' or '_');

    private static IEnumerable<string> MissingUi(string project)
    {
        var ui = Path.Combine(project, "ui");
        if (!File.Exists(Path.Combine(ui, "package.json")))
        {
            yield return "ui/package.json";
        }

        if (!_viteConfigs.Any(extension => File.Exists(Path.Combine(ui, $"vite.config.{extension}"))))
        {
            yield return "ui/vite.config.ts (or .js, .mts, .mjs, .cts, .cjs)";
        }
    }
}
