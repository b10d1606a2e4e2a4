using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Omniview.Plugin.Core.Tests.Archives;

/// <summary>A tar.gz made entry by entry, also as nobody honest would make one.</summary>
internal sealed class PluginTar
{
    /// <summary>The program's name in a plugin for this system.</summary>
    public static readonly string Program = OperatingSystem.IsWindows() ? "bin/plugin.exe" : "bin/plugin";

    public const string Manifest = "id: packed\nversion: 1.2.3\ncapabilities: [resource, ui]\n";

    private readonly List<TarEntry> _entries = [];

    /// <summary>A good plugin with Go and UI.</summary>
    public static PluginTar Good(string manifest = Manifest, string program = "the program") =>
        new PluginTar().File("./plugin.yaml", manifest).Folder("./bin").File("./" + Program, program).Folder("./assets")
            .File("./assets/entry.js", "System.register()").File("./assets/deep/chunk.js", "1");

    public PluginTar File(string name, string text, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.SetUser) =>
        Add(
            new PaxTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
                Mode = mode,
            });

    public PluginTar Folder(string name) => Add(new PaxTarEntry(TarEntryType.Directory, name));

    public PluginTar Link(TarEntryType type, string name, string target) =>
        Add(new PaxTarEntry(type, name) { LinkName = target });

    public PluginTar Add(TarEntry entry)
    {
        _entries.Add(entry);
        return this;
    }

    public string Write(string file)
    {
        using var zipped = new GZipStream(System.IO.File.Create(file), CompressionLevel.Fastest);
        using var tar = new TarWriter(zipped, TarEntryFormat.Pax);
        _entries.ForEach(tar.WriteEntry);
        return file;
    }
}
