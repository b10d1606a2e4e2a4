using System.Text;
using System.Text.Json;
using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Go.Output;

/// <summary>
/// The object <c>go vet -json</c> writes per package, over many lines: package, analyzer, findings with absolute places
/// and ends.
/// </summary>
internal sealed class GoVetJson : GoBlock
{
    private const int MaxChars = 4 * 1024 * 1024;

    private readonly StringBuilder _text = new("{");
    private readonly List<string> _others = [];
    private bool _isWhole;

    public override bool Take(string text)
    {
        if (_isWhole || _text.Length > MaxChars || text.StartsWith("# ", StringComparison.Ordinal))
        {
            return false;
        }

        if (text.Length > 0 && text[0] != '\t' && text != "}" && _others.Count < GoProblemList.Shown)
        {
            _others.Add(text); // what another program has written between
            return true;
        }

        _text.Append('\n').Append(text);
        _isWhole = text == "}";
        return true;
    }

    public override IEnumerable<GoProblem> Close() =>
        [.. Findings(), .. _others.Select(text => new GoProblem(GoProblemKind.Unknown, text))];

    private IEnumerable<GoProblem> Findings()
    {
        try
        {
            using var document = JsonDocument.Parse(_text.ToString());
            return
            [
                .. document
                    .RootElement.EnumerateObject()
                    .SelectMany(package =>
                        package
                            .Value.EnumerateObject()
                            .SelectMany(analyzer =>
                                analyzer.Value.ValueKind == JsonValueKind.Array
                                    ? analyzer
                                        .Value.EnumerateArray()
                                        .Take(GoProblemList.Shown)
                                        .Select(finding => Finding(package.Name, finding))
                                    :
                                    [
                                        new GoProblem(GoProblemKind.Vet, $"{analyzer.Name}: {analyzer.Value}")
                                        {
                                            Package = package.Name,
                                        },
                                    ])),
            ];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException
            or KeyNotFoundException)
        {
            return [new GoProblem(GoProblemKind.Unknown, _text.ToString())];
        }
    }

    private static GoProblem Finding(string package, JsonElement finding)
    {
        var (file, line, column) = Place(finding.GetProperty("posn").GetString());
        var (_, endLine, endColumn) = Place(finding.TryGetProperty("end", out var end) ? end.GetString() : null);
        var hasEnd = (endLine, endColumn).CompareTo((line, column)) > 0;
        return new GoProblem(
            GoProblemKind.Vet, finding.GetProperty("message").GetString() ?? "", DiagnosticSeverity.Warning)
        {
            Package = package,
            EndLine = hasEnd ? endLine : 0,
            EndColumn = hasEnd ? endColumn : 0,
        }.At(file, line, column);
    }

    private static (string? File, int Line, int Column) Place(string? place)
    {
        var parts = (place ?? "").Split(':');
        return parts.Length >= 3 && int.TryParse(parts[^2], out var line) && int.TryParse(parts[^1], out var column)
            ? (string.Join(':', parts[..^2]), line, column)
            : (place is { Length: > 0 } ? place : null, 0, 0);
    }
}
