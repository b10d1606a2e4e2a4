using System.Text.Json;
using Omniview.Plugin.Core.State;

namespace Omniview.Plugin.Core.Hosting;

/// <summary>Settings and state directory on disk: how MSBuild hands a project's properties to the program that runs the loop.</summary>
public sealed record DevSettingsFile(string StateDirectory, DevSettings Settings)
{
    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(this with { Settings = Settings with { Environment = null } }, WireJson.Options), Permissions.OwnerFile);
    }

    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="JsonException">It is not what this version writes.</exception>
    public static DevSettingsFile Read(string path) => JsonSerializer.Deserialize<DevSettingsFile>(File.ReadAllBytes(path), WireJson.Options)!;
}
