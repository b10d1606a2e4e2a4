using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Manifest;

namespace Omniview.Plugin.Core.Tests.Manifest;

/// <summary>A plugin's folder that has every file a capability can need, and the plugin.yaml of a test.</summary>
internal sealed class PluginFolder : IDisposable
{
    private readonly TempFolder _folder = new();

    public PluginFolder()
    {
        _folder.Write("pkg/main.go", "package main\n\nfunc main() {}\n");
        _folder.Write("ui/package.json", "{}\n");
        _folder.Write("ui/vite.config.ts", "export default {}\n");
    }

    public string Path => _folder.Path;

    public string Manifest => _folder["plugin.yaml"];

    public static ManifestResult Read(string yaml)
    {
        using var folder = new PluginFolder();
        return folder.ReadText(yaml);
    }

    public static ManifestResult Read(byte[] yaml)
    {
        using var folder = new PluginFolder();
        File.WriteAllBytes(folder.Manifest, yaml);
        return folder.Read();
    }

    /// <summary>Diagnostics in short, <c>OVP1007 error 1,1</c>, joined by <c>; </c>.</summary>
    public static string Brief(ManifestResult result) =>
        string.Join(
            "; ",
            result.Diagnostics.Select(problem =>
                $"{problem.Code} {Word(problem.Severity)} {problem.Line},{problem.Column}"));

    public ManifestResult ReadText(string yaml)
    {
        _folder.Write("plugin.yaml", yaml);
        return Read();
    }

    public ManifestResult Read() => ManifestReader.Read(Path);

    public void Write(string relative, string text) => _folder.Write(relative, text);

    public void Remove(string relative) => File.Delete(_folder[relative]);

    public void RemoveFolder(string relative) => Directory.Delete(_folder[relative], recursive: true);

    public void Dispose() => _folder.Dispose();

    private static string Word(DiagnosticSeverity severity) =>
        severity == DiagnosticSeverity.Error ? "error" : "warning";
}
