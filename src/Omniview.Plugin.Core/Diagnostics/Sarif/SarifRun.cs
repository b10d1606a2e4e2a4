using System.Text.Json.Nodes;

namespace Omniview.Plugin.Core.Diagnostics.Sarif;

/// <summary>What one tool reported of one project, as a run of a SARIF 2.1.0 log.</summary>
internal sealed class SarifRun(SarifTool tool, string projectDirectory)
{
    private const string Root = "PROJECTROOT";
    private const string Information = "https://github.com/omniviewdev/omniview-plugin-dotnet";

    private readonly string _root = SarifUri.OfFolder(projectDirectory);

    public JsonObject Write(IReadOnlyList<Diagnostic> diagnostics)
    {
        var rules = diagnostics.DistinctBy(diagnostic => diagnostic.Code).Select(
            (diagnostic, index) => (diagnostic, index)).ToDictionary(
                rule => rule.diagnostic.Code, StringComparer.Ordinal);
        return new JsonObject
        {
            ["tool"] = new JsonObject
            {
                ["driver"] = new JsonObject
                {
                    ["name"] = tool.Name,
                    ["version"] = tool.Version,
                    ["informationUri"] = Information,
                    ["rules"] = Array(rules.Values.OrderBy(rule => rule.index).Select(rule => Rule(rule.diagnostic))),
                },
            },
            // GitHub refuses a file in which two runs have one category: what is before the last slash.
            ["automationDetails"] = new JsonObject
            {
                ["id"] = $"{tool.Name}/{Path.GetFileName(Path.TrimEndingDirectorySeparator(projectDirectory))}/",
            },
            ["columnKind"] = "utf16CodeUnits",
            ["originalUriBaseIds"] = new JsonObject { [Root] = new JsonObject { ["uri"] = _root } },
            ["results"] = Array(diagnostics.Select(diagnostic => Result(diagnostic, rules[diagnostic.Code].index))),
        };
    }

    /// <summary>A run of this project, whatever the tool: projects may share a log.</summary>
    public bool IsOfSameProject(JsonNode? run) => Text(run, "originalUriBaseIds", Root, "uri") == _root;

    public bool IsOfSameTool(JsonNode? run) => IsOfSameProject(run) && Text(run, "tool", "driver", "name") == tool.Name;

    /// <summary>Null as well for what is of another shape: other programs' runs may be in the log.</summary>
    private static string? Text(JsonNode? node, params IEnumerable<string> path) =>
        path.Aggregate(node, (inner, name) => (inner as JsonObject)?[name]) is JsonValue value
            && value.TryGetValue(out string? text)
            ? text
            : null;

    private JsonObject Rule(Diagnostic diagnostic)
    {
        var rule = new JsonObject
        {
            ["id"] = diagnostic.Code,
            ["shortDescription"] = Message(RuleTitle.Of(diagnostic.Code, tool.Titles)),
        };
        if (Uri.IsWellFormedUriString(diagnostic.HelpLink, UriKind.Absolute))
        {
            rule["helpUri"] = diagnostic.HelpLink;
        }

        return rule;
    }

    private JsonObject Result(Diagnostic diagnostic, int rule)
    {
        var result = new JsonObject
        {
            ["ruleId"] = diagnostic.Code,
            ["ruleIndex"] = rule,
            ["level"] = diagnostic.Severity switch
            {
                DiagnosticSeverity.Error => "error",
                DiagnosticSeverity.Warning => "warning",
                _ => "note",
            },
            ["message"] = Message(diagnostic.Message),
        };
        if (diagnostic.File is { } file)
        {
            result["locations"] = Array(
                [Location(file, diagnostic.Line, diagnostic.Column, diagnostic.EndLine, diagnostic.EndColumn)]);
        }

        if (diagnostic.Related.Count > 0)
        {
            result["relatedLocations"] = Array(diagnostic.Related.Select(related =>
            {
                var location = Location(related.File, related.Line, related.Column);
                location["message"] = Message(related.Message);
                return location;
            }));
        }

        return result;
    }

    private JsonObject Location(string file, int line, int column, int endLine = 0, int endColumn = 0)
    {
        file = Path.GetFullPath(file, projectDirectory);
        var physical = new JsonObject
        {
            ["artifactLocation"] = SarifUri.Relative(file, projectDirectory) is { } relative
                ? new JsonObject { ["uri"] = relative, ["uriBaseId"] = Root }
                : new JsonObject { ["uri"] = SarifUri.OfFile(file) },
        };
        if (Region(line, column, endLine, endColumn) is { } region)
        {
            physical["region"] = region;
        }

        return new JsonObject { ["physicalLocation"] = physical };
    }

    /// <summary>Null without a line. An end without a beginning, or before it, says nothing and is left out.</summary>
    private static JsonObject? Region(int line, int column, int endLine, int endColumn)
    {
        if (line < 1)
        {
            return null;
        }

        var region = new JsonObject { ["startLine"] = line };
        var lastLine = endLine < 1 ? line : endLine;
        if (column > 0)
        {
            region["startColumn"] = column;
        }

        if (lastLine < line || (lastLine == line && endColumn < column))
        {
            return region;
        }

        region["endLine"] = lastLine;
        if (column > 0 && endColumn > 0)
        {
            region["endColumn"] = endColumn;
        }

        return region;
    }

    private static JsonObject Message(string text) => new() { ["text"] = text };

    private static JsonArray Array(IEnumerable<JsonObject> items) => [.. items];
}
