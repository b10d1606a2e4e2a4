using System.Text.Json;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.Ui.Packages;

/// <summary>What we need of a package.json.</summary>
/// <param name="File">Its absolute path.</param>
/// <param name="PackageManager">The <c>packageManager</c> field, <c>name@version</c> with an optional hash, or
/// null.</param>
/// <param name="Dependencies">Names of all packages it depends on, in any way.</param>
/// <param name="Scripts">Its scripts by their names.</param>
/// <param name="LocalPlaces">Dependencies that name a folder or an archive of this machine, relative to the file's
/// folder or absolute.</param>
internal sealed record PackageJson(
    string File,
    string? PackageManager,
    IReadOnlySet<string> Dependencies,
    IReadOnlyDictionary<string, string> Scripts,
    IReadOnlyCollection<(string Name, string Place)> LocalPlaces)
{
    private static readonly string[] DependencyFields = [
        "dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];

    /// <summary>
    /// The script <c>test</c>, or null. What `npm init` writes there is no test: it says so and fails.
    /// </summary>
    public string? TestScript =>
        Scripts.GetValueOrDefault("test") is { } script && !string.IsNullOrWhiteSpace(script)
            && !script.Contains("no test specified", StringComparison.Ordinal)
            ? script
            : null;

    /// <exception cref="DiagnosticException">OVP5007: there is no such file, or it isn't a JSON object.</exception>
    public static PackageJson Read(string file)
    {
        try
        {
            var bytes = System.IO.File.ReadAllBytes(file).AsMemory();
            // npm and pnpm accept the mark, the JSON reader doesn't
            var text = bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
            using var json = LenientJson.Parse(text.Span);
            return From(file, json.RootElement);
        }
        catch (JsonException e)
        {
            var reason = e.Message.Split(" LineNumber:")[0].TrimEnd('.');
            throw Unreadable(
                $"This package.json isn't valid JSON: {reason}. Fix it there.",
                file,
                (int)(e.LineNumber ?? -1) + 1,
                (int)(e.BytePositionInLine ?? -1) + 1,
                e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(
                $"This package.json can't be read ({e.Message}). A UI needs one that lists Vite; `npm init` writes " +
                "a first one.", file, 0, 0, e);
        }
    }

    private static PackageJson From(string file, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw Unreadable(
                "This package.json isn't a JSON object: it must be { \"name\": ..., \"devDependencies\": { " +
                "\"vite\": ... } }.", file, 1, 1);
        }

        if (root.TryGetProperty("packageManager", out var manager) && manager.ValueKind != JsonValueKind.String)
        {
            throw Unreadable("\"packageManager\" in this package.json must be text such as \"pnpm@10.0.0\".", file);
        }

        var dependencies = DependencyFields
            .Select(field => root.TryGetProperty(field, out var value) ? value : default)
            .Where(value => value.ValueKind == JsonValueKind.Object)
            .SelectMany(value => value.EnumerateObject())
            .ToList();
        return new PackageJson(
            file,
            manager.ValueKind == JsonValueKind.String ? manager.GetString() : null,
            dependencies.Select(one => one.Name).ToHashSet(),
            ScriptsOf(root),
            [
                .. dependencies.Where(one => one.Value.ValueKind == JsonValueKind.String)
                    .Select(one => (one.Name, Place: LocalPlace(one.Value.GetString()!)))
                    .Where(one => one.Place is not null)
                    .Select(one => (one.Name, one.Place!)),
            ]);
    }

    /// <summary><c>file:</c>, or what npm takes for it: a path that begins as one.</summary>
    private static string? LocalPlace(string version) =>
        version.StartsWith("file:", StringComparison.Ordinal) ? version["file:".Length..]
            : version.StartsWith("./", StringComparison.Ordinal) || version.StartsWith("../", StringComparison.Ordinal)
                ? version
                : null;

    private static Dictionary<string, string> ScriptsOf(JsonElement root) =>
        root.TryGetProperty("scripts", out var scripts) && scripts.ValueKind == JsonValueKind.Object
            ? scripts.EnumerateObject().Where(one => one.Value.ValueKind == JsonValueKind.String)
                .DistinctBy(one => one.Name).ToDictionary(one => one.Name, one => one.Value.GetString()!)
            : [];

    private static DiagnosticException Unreadable(
        string message, string file, int line = 0, int column = 0, Exception? cause = null) =>
        new(Diagnostic.Error(DiagnosticCodes.PackageJsonUnreadable, message).At(file, line, column), cause);
}
