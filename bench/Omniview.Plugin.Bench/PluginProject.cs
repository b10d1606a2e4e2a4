namespace Omniview.Plugin.Bench;

/// <summary>A plugin to be built, saved and served: a backend without a UI.</summary>
/// <param name="folder">Absolute path.</param>
/// <param name="id">The plugin's id.</param>
internal sealed class PluginProject(string folder, string id = PluginProject.DefaultId)
{
    public const string DefaultId = "hello-omniview";

    private int _saves;

    public string Id { get; } = id;

    public string Folder { get; } = folder;

    public static PluginProject Sample(World world, string name) => Sample(world, name, DefaultId);

    /// <summary>A copy of the repository's sample plugin.</summary>
    public static PluginProject Sample(World world, string name, string id)
    {
        var plugin = new PluginProject(world.Folder(name), id);
        CopySample(plugin.Folder, withUi: false);
        var main = Path.Combine(plugin.Folder, "pkg", "main.go");
        File.WriteAllText(
            main, File.ReadAllText(main).Replace($"\"{DefaultId}\"", $"\"{id}\"", StringComparison.Ordinal));
        plugin.WriteManifest();
        return plugin;
    }

    /// <summary>The sample's sources.</summary>
    public static void CopySample(string folder, bool withUi)
    {
        var everything = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
        };
        var ui = Directory
            .EnumerateFiles(Path.Combine(Repository.Sample, "ui"), "*", everything)
            .Where(file => !file.Contains("/node_modules/", StringComparison.Ordinal));
        var backend = Directory.EnumerateFiles(Path.Combine(Repository.Sample, "pkg"), "*", everything);
        foreach (var source in Directory.EnumerateFiles(Repository.Sample).Concat(backend).Concat(withUi ? ui : []))
        {
            var target = Path.Combine(folder, Path.GetRelativePath(Repository.Sample, source));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(source, target);
        }
    }

    /// <summary>The edit of all save scenarios: a constant of package main, another one each time.</summary>
    public void Save() => Write("pkg/greeting.go", $"package main\n\nconst greeting = \"Hello {++_saves}\"\n");

    /// <summary>A save of what is there already.</summary>
    public void SaveAgain()
    {
        var file = Path.Combine(Folder, "pkg", "greeting.go");
        File.WriteAllText(file, File.ReadAllText(file));
    }

    /// <summary>A save with a type error in it.</summary>
    public void Break() => Write("pkg/greeting.go", $"package main\n\nconst greeting = missing{++_saves}\n");

    public void WriteManifest() => Write("plugin.yaml", $"id: {Id}\nversion: 0.1.0\ncapabilities: [resource]\n");

    public void Write(string file, string text)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
