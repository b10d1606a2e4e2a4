using System.Text.Json;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.State;

namespace Omniview.Plugin.Core.Hosting;

/// <summary>Settings and state directory on disk: how MSBuild hands a project's properties to the program that runs the loop.</summary>
public sealed record DevSettingsFile(string StateDirectory, DevSettings Settings)
{
    private const int LengthLimit = 16 << 20;

    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(this, WireJson.Options), Permissions.OwnerFile);
    }

    /// <exception cref="DiagnosticException">OVP3001: it can't be read, or is not what this version writes.</exception>
    public static DevSettingsFile Read(string path)
    {
        try
        {
            var content = RegularFile.ReadAllBytes(path, LengthLimit);
            return JsonSerializer.Deserialize<DevSettingsFile>(content, WireJson.Options) is { StateDirectory: not null, Settings.ProjectDirectory: not null } file
                ? file
                : throw new JsonException("It names no project.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new DiagnosticException(
                Diagnostic.Error(DiagnosticCodes.HostDidNotStart, $"The project's settings can't be read from this file: {e.Message} `dotnet run` writes it anew.").At(path), e);
        }
    }
}
