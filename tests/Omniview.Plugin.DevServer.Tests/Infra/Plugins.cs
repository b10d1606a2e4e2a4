namespace Omniview.Plugin.DevServer.Tests.Infra;

/// <summary>Plugin projects to serve.</summary>
internal static class Plugins
{
    public const string Id = "hello-omniview";

    /// <summary>The repository's sample: Go and React.</summary>
    public static void CopySample(string project) => SourceFolder.Copy(Repository.Sample, project);

    /// <summary>The sample's backend alone.</summary>
    public static void CopyBackend(string project)
    {
        SourceFolder.Copy(Path.Combine(Repository.Sample, "pkg"), Path.Combine(project, "pkg"));
        File.Copy(Path.Combine(Repository.Sample, "go.mod"), Path.Combine(project, "go.mod"));
        WriteManifest(project, "resource");
    }

    /// <summary>The sample's backend with a UI whose Vite is a stand-in.</summary>
    public static void WriteBackendAndUi(string project, string vite)
    {
        CopyBackend(project);
        WriteUi(project, vite);
        WriteManifest(project, "resource, ui");
    }

    /// <summary>A plugin with only a UI, whose Vite and package manager are stand-ins.</summary>
    /// <param name="vite">JavaScript that plays Vite; see <see cref="FakeVite"/>.</param>
    public static void WriteUi(string project, string vite, string id = Id)
    {
        WriteManifest(project, "ui", id);
        Write(project, "ui/package.json", """{ "name": "ui", "private": true }""");
        Write(project, "ui/vite.config.js", "export default {};\n");
        Write(project, "ui/node_modules/vite/bin/vite.js", vite);
    }

    public static void WriteManifest(string project, string capabilities, string id = Id) =>
        Write(project, "plugin.yaml", $"id: {id}\nversion: 0.1.0\ncapabilities: [{capabilities}]\n");

    public static string Write(string folder, string file, string text)
    {
        var path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
