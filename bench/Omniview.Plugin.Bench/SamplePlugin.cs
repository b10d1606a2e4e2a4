namespace Omniview.Plugin.Bench;

/// <summary>A copy of the repository's sample plugin without its UI.</summary>
internal sealed class SamplePlugin
{
    public const string Id = "hello-omniview";

    private int _saves;

    private SamplePlugin(string folder) => Folder = folder;

    public string Folder { get; }

    public static SamplePlugin Copy(World world, string name)
    {
        var plugin = new SamplePlugin(world.Folder(name));
        var backend = Directory.EnumerateFiles(Path.Combine(Repository.Sample, "pkg"), "*", SearchOption.AllDirectories);
        foreach (var source in Directory.EnumerateFiles(Repository.Sample).Concat(backend))
        {
            var target = Path.Combine(plugin.Folder, Path.GetRelativePath(Repository.Sample, source));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(source, target);
        }

        File.WriteAllText(Path.Combine(plugin.Folder, "plugin.yaml"), $"id: {Id}\nversion: 0.1.0\ncapabilities: [resource]\n");
        return plugin;
    }

    /// <summary>The edit of all save scenarios: a constant of package main, another one each time.</summary>
    public void Save() =>
        File.WriteAllText(Path.Combine(Folder, "pkg", "greeting.go"), $"package main\n\nconst greeting = \"Hello {++_saves}\"\n");
}
