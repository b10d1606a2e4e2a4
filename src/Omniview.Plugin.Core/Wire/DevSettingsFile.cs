using System.Text.Json;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.State;

namespace Omniview.Plugin.Core.Wire;

/// <summary>
/// Settings and state directory on disk: how MSBuild hands a project's properties to the program that runs the loop.
/// </summary>
internal sealed record DevSettingsFile(string StateDirectory, DevSettings Settings)
{
    private const int Limit = 16 * 1024 * 1024; // it may name thousands of watched files

    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        StateFile.Write(
            path,
            JsonSerializer.SerializeToUtf8Bytes(
                this with
                {
                    Settings = Settings with { Environment = null },
                },
                WireJson.Options));
    }

    /// <exception cref="DiagnosticException">OVP3030: it can't be read or trusted, or is not what this version
    /// writes.</exception>
    public static DevSettingsFile Read(string path)
    {
        try
        {
            return
                JsonSerializer.Deserialize<DevSettingsFile>(StateFile.Read(path, Limit), WireJson.Options)
                    is { StateDirectory: not null, Settings.ProjectDirectory: not null } file
                ? file
                : throw new JsonException("it names no project");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new DiagnosticException(Diagnostic.Error(
                DiagnosticCodes.StateFileUnusable, "The settings that MSBuild writes for the dev loop can't be " +
                    $"used: {e.Message.TrimEnd('.')}. Build again: that writes them anew.").At(path), e);
        }
    }
}
