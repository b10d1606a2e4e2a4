using System.Text.Json;
using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.Ui.Packages;

/// <summary>What a package.json, of the UI or of an installed package, says about itself.</summary>
internal sealed record PackageFacts(
    string File, string Name, string? Version, string? PackageManager, IReadOnlyDictionary<string, string> Engines)
{
    /// <summary>Null when there is none, or none that can be read: whoever needs it says so.</summary>
    public static PackageFacts? Read(string file)
    {
        try
        {
            using var json = LenientJson.Parse(System.IO.File.ReadAllBytes(file));
            var root = json.RootElement;
            return root.ValueKind != JsonValueKind.Object ? null : new PackageFacts(
                file,
                Text(root, "name") ?? "This UI",
                Text(root, "version"),
                Text(root, "packageManager"),
                root.TryGetProperty("engines", out var engines) && engines.ValueKind == JsonValueKind.Object
                    ? engines.EnumerateObject().Where(one => one.Value.ValueKind == JsonValueKind.String)
                        .DistinctBy(one => one.Name).ToDictionary(one => one.Name, one => one.Value.GetString()!)
                    : new Dictionary<string, string>());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
