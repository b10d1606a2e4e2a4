using System.Security.Cryptography;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Install;
using Omniview.Plugin.Core.State;

namespace Omniview.Plugin.Core.Tests.State;

/// <summary>A built plugin in a project folder, and a state directory to install it into.</summary>
internal sealed class PluginFixture : IDisposable
{
    public const UnixFileMode ReadableByAll =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly TempFolder _folder = new();

    public PluginFixture(string? stateDirectory = null)
    {
        Plugin = new InstalledPlugin(stateDirectory ?? _folder["state"], "demo");
        Build("1", "entry.js", "chunk-1.js", "deep/er/font.woff2");
    }

    public InstalledPlugin Plugin { get; }

    public string Manifest => _folder["project/plugin.yaml"];

    public string Binary => _folder["project/build/plugin"];

    public string Assets => _folder["project/ui/dist/assets"];

    public string InstalledBinary => Plugin.BinaryFile(windows: false);

    public InstallRequest Request =>
        new(Plugin.StateDirectory, "demo", Manifest) { BinaryFile = Binary, AssetsDirectory = Assets };

    public string this[string relative] => _folder[relative];

    /// <summary>Replaces the build's output; every file holds the version.</summary>
    public void Build(string version, params string[] assets)
    {
        _folder.Write("project/plugin.yaml", $"id: demo\nversion: {version}.0.0\n");
        _folder.Write("project/build/plugin", $"binary {version}");
        SetMode(Binary, ReadableByAll);
        if (Directory.Exists(Assets))
        {
            Directory.Delete(Assets, recursive: true);
        }

        foreach (var asset in assets)
        {
            _folder.Write($"project/ui/dist/assets/{asset}", $"{asset} {version}");
        }
    }

    public InstallResult Install() => PluginInstaller.Install(Request, TestContext.Current.CancellationToken);

    public string Write(string relative, string text) => _folder.Write(relative, text);

    /// <summary>A file of the installed plugin.</summary>
    public string WriteInstalled(string relative, string text)
    {
        var file = Path.Combine(Plugin.Directory, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    /// <summary>Path, content, mode and time of everything installed: equal means nothing was touched.</summary>
    public SortedDictionary<string, string> Snapshot()
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var relative in FolderTree.Read(Plugin.Directory).Files.Where(file => file != ".ovp.lock"))
        {
            var file = Path.Combine(Plugin.Directory, relative);
            all[relative] =
                $"{Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))} {Permissions.Of(file)} " +
                $"{File.GetLastWriteTimeUtc(file):O}";
        }

        return all;
    }

    /// <summary>The installed assets, sorted.</summary>
    public IEnumerable<string> InstalledAssets() =>
        FolderTree.Read(Plugin.AssetsDirectory).Files.Select(file => file.Replace('\\', '/'));

    /// <summary>Our temporaries, wherever they are.</summary>
    public IEnumerable<string> Temporaries() =>
        FolderTree.Read(Plugin.Directory).Files.Where(file => file.EndsWith(".tmp", StringComparison.Ordinal));

    public static void SetMode(string file, UnixFileMode mode)
    {
        Modes.Set(file, mode);
    }

    public void Dispose() => _folder.Dispose();
}
