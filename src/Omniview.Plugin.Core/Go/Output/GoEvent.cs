using System.Text.Json;

namespace Omniview.Plugin.Core.Go.Output;

/// <summary>
/// A line of <c>go build -json</c> (see <c>go help buildjson</c>) or <c>go test -json</c> (<c>go doc test2json</c>).
/// </summary>
internal sealed record GoEvent(
    string Action, string Package, string? Test, string Output, string? OutputType, double Elapsed)
{
    private static readonly HashSet<string> Actions =
    [
        "build-output",
        "build-fail",
        "start",
        "run",
        "pause",
        "cont",
        "pass",
        "bench",
        "fail",
        "output",
        "skip",
        "attr",
    ];

    /// <summary>The event in a line; null when it is none.</summary>
    public static GoEvent? Read(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            return Text(root, "Action") is { } action && Actions.Contains(action)
                ? new GoEvent(
                    action,
                    Text(root, "ImportPath") ?? Text(root, "Package") ?? "",
                    Text(root, "Test"),
                    Text(root, "Output") ?? "",
                    Text(root, "OutputType"),
                    Seconds(root))
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return null; // the other two: half of a surrogate pair, in an escape or in the line
        }
    }

    private static double Seconds(JsonElement element) =>
        element.TryGetProperty(nameof(Elapsed), out var value) && value.TryGetDouble(out var seconds) ? seconds : 0;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
