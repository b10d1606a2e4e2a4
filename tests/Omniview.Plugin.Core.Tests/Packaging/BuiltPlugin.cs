using Omniview.Plugin.Core.Go.Toolchain;
using Omniview.Plugin.Core.Packaging;

namespace Omniview.Plugin.Core.Tests.Packaging;

/// <summary>The parts of a plugin as builds leave them, in a folder of their own.</summary>
internal sealed class BuiltPlugin : IDisposable
{
    public const string Id = "my-plugin";

    private readonly TempFolder _folder = new();

    public BuiltPlugin()
    {
        Manifest = _folder.Write("plugin.yaml", "id: my-plugin\n");
        _folder.Write("assets/entry.js", "System.register([], () => ({}));\n");
        _folder.Write("assets/fonts/a.woff2", "font");
        Linux = Program("linux/plugin", "linux");
        Windows = Program("windows/plugin.exe", "windows");
    }

    public static GoTarget LinuxTarget { get; } = new("linux", "amd64");

    public string Manifest { get; }

    public string Linux { get; }

    public string Windows { get; }

    public string Assets => _folder["assets"];

    public string Output => _folder["out"];

    public string this[string relative] => _folder[relative];

    public string Write(string relative, string text) => _folder.Write(relative, text);

    public PluginLayout Layout() => new(LinuxTarget, Manifest, Linux, Assets);

    public PackRequest Request(params (string RuntimeIdentifier, string? Binary)[] binaries) => new()
    {
        PluginId = Id,
        Version = "1.2.3",
        OutputDirectory = Output,
        Manifest = Manifest,
        Assets = Assets,
        Binaries = binaries.ToDictionary(one => one.RuntimeIdentifier, one => one.Binary),
    };

    public void Dispose() => _folder.Dispose();

    /// <summary>The head of a program: enough to tell what it is for.</summary>
    private string Program(string name, string goos)
    {
        var bytes = new byte[512];
        if (goos == "linux")
        {
            "\u007fELF"u8.CopyTo(bytes);
            bytes[5] = 1; // little-endian
            bytes[18] = 62; // EM_X86_64
        }
        else
        {
            "MZ"u8.CopyTo(bytes);
            bytes[0x3C] = 0x80;
            "PE\0\0"u8.CopyTo(bytes.AsSpan(0x80));
            (bytes[0x84], bytes[0x85]) = (0x64, 0x86); // IMAGE_FILE_MACHINE_AMD64
        }

        var file = _folder.Write(name, "");
        File.WriteAllBytes(file, bytes);
        return file;
    }
}
