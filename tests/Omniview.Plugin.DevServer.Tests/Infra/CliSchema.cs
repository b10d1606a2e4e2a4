using System.Text.Json;

namespace Omniview.Plugin.DevServer.Tests.Infra;

/// <summary>
/// docs/cli.schema.json, and whether an answer is as it says: the part of JSON Schema that the file uses.
/// </summary>
internal static class CliSchema
{
    public static string File { get; } = Path.Combine(Repository.Root, "docs", "cli.schema.json");

    /// <summary>
    /// Fails unless the line is one JSON value of the named form and has no member that is not told of.
    /// </summary>
    public static JsonElement Check(string form, string line)
    {
        var root = JsonDocument.Parse(System.IO.File.ReadAllText(File)).RootElement;
        var value = JsonDocument.Parse(line).RootElement;
        Check(root.GetProperty("$defs").GetProperty(form), value, form);
        return value;
    }

    private static void Check(JsonElement schema, JsonElement value, string where)
    {
        var type = value.ValueKind switch
        {
            JsonValueKind.Object => "object",
            JsonValueKind.Array => "array",
            JsonValueKind.String => "string",
            JsonValueKind.Null => "null",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            _ => value.TryGetInt64(out _) ? "integer" : "number",
        };
        var types = schema.GetProperty("type") is { ValueKind: JsonValueKind.Array } several
            ? several.EnumerateArray().Select(one => one.GetString()!).ToArray()
            : [schema.GetProperty("type").GetString()!];
        Assert.True(
            types.Contains(type) || (type == "integer" && types.Contains("number")), $"{where} is {type}, not " +
                $"{string.Join(" or ", types)}");
        if (type == "array")
        {
            value.EnumerateArray().ToList().ForEach(item => Check(schema.GetProperty("items"), item, $"{where}[]"));
        }
        else if (type == "object")
        {
            var properties = schema.GetProperty("properties");
            foreach (var required in schema.GetProperty("required").EnumerateArray().Select(one => one.GetString()!))
            {
                Assert.True(value.TryGetProperty(required, out _), $"{where} has no {required}");
            }

            foreach (var member in value.EnumerateObject())
            {
                Assert.True(
                    properties.TryGetProperty(member.Name, out var inner), $"{where} has {member.Name}, which is " +
                        "not told of");
                Check(inner, member.Value, $"{where}.{member.Name}");
            }
        }
    }
}
