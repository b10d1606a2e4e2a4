using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Text;

namespace Omniview.Plugin.Core.Manifest;

/// <summary>What the keys of plugin.yaml must say.</summary>
internal sealed class ManifestRules(
    ManifestText source,
    Dictionary<string, (YamlNode Key, YamlNode Value)> entries,
    int start,
    List<Diagnostic> problems)
{
    /// <summary>A legal id; null after a problem was added.</summary>
    public string? Id()
    {
        var node = Required("id", DiagnosticCodes.PluginIdMissing, "Write it as in 'id: my-plugin'");
        if (node?.Text is { } id && PluginId.Problem(id) is { } problem)
        {
            problems.Add(source.Error(
                DiagnosticCodes.PluginIdIllegal, node.Index, $"The id {Shown.Text(id)} {problem}."));
            return null;
        }

        return node?.Text;
    }

    /// <summary>The version as written; null after a problem was added.</summary>
    public string? Version()
    {
        var node = Required("version", DiagnosticCodes.PluginVersionMissing, "Write it as in 'version: 0.1.0'");
        if (node?.Text is { } version && !SemanticVersion.IsLegal(version))
        {
            var advice = SemanticVersion.Nearest(version) is { } nearest
                ? $"write {Shown.Text(nearest)}"
                : "write three numbers, as in 0.1.0";
            problems.Add(source.Warning(
                DiagnosticCodes.PluginVersionNotSemantic, node.Index, $"The version {Shown.Text(version)} is not a " +
                    $"semantic version; {advice}."));
        }

        return node?.Text;
    }

    /// <summary>The text of a key that may be left out; null where it is left out or empty.</summary>
    public string? Optional(string key)
    {
        var node = Text(key);
        return IsBlank(node) ? null : node?.Text;
    }

    /// <summary>
    /// The capabilities, each once, with the place of its first mention; empty after a problem was added.
    /// </summary>
    public IReadOnlyList<YamlNode> Capabilities()
    {
        const string Advice = "List what the plugin has, as in 'capabilities: [resource, ui]'";
        var node = entries.TryGetValue("capabilities", out var entry) ? entry.Value : null;
        if (node is null or { IsNull: true } or { Items: [] })
        {
            var what = node is null ? "plugin.yaml has no capabilities" : "The list of capabilities is empty";
            problems.Add(source.Error(
                DiagnosticCodes.CapabilitiesMissing, node?.Index ?? start, $"{what}. {Advice}; known are " +
                    $"{string.Join(", ", Capability.Known)}."));
            return [];
        }

        if (node.Items is not { } items)
        {
            problems.Add(source.Error(
                DiagnosticCodes.ManifestWrongShape, node.Index, $"'capabilities' is {Shape(node)} and must be a " +
                    $"list. {Advice}."));
            return [];
        }

        foreach (var item in items.Where(item => !IsName(item)))
        {
            problems.Add(source.Error(
                DiagnosticCodes.ManifestWrongShape, item.Index, $"This capability is {Shape(item)} and must be a " +
                    $"name. {Advice}."));
        }

        var capabilities = items.Where(IsName).DistinctBy(item => item.Text).ToList();
        problems.AddRange(capabilities.Where(item => !Capability.Known.Contains(item.Text)).Select(Unknown));
        return capabilities;
    }

    private static bool IsBlank(YamlNode? node) =>
        node is null or { IsNull: true } || (node.Text is { } text && string.IsNullOrWhiteSpace(text));

    private static bool IsName(YamlNode node) => node.Text is not null && !IsBlank(node);

    private static string Shape(YamlNode node) => node switch
    {
        { Items: not null } => "a list",
        { Entries: not null } => "a mapping",
        _ when IsBlank(node) => "empty",
        _ => "a single text",
    };

    private Diagnostic Unknown(YamlNode capability)
    {
        var advice = Capability.Nearest(capability.Text!) is { } nearest
            ? $"did you mean '{nearest}'?"
            : $"known are {string.Join(", ", Capability.Known)}. It is taken for one of the Go part.";
        return source.Warning(
            DiagnosticCodes.CapabilityUnknown, capability.Index, $"The capability {Shown.Text(capability.Text!)} is " +
                $"unknown; {advice}");
    }

    private YamlNode? Required(string key, string code, string advice)
    {
        if (!entries.ContainsKey(key))
        {
            problems.Add(source.Error(code, start, $"plugin.yaml has no {key}. {advice}."));
            return null;
        }

        var node = Text(key);
        if (node is not null && IsBlank(node))
        {
            problems.Add(source.Error(code, node.Index, $"The {key} is empty. {advice}."));
            return null;
        }

        return node;
    }

    /// <summary>The scalar of a key; null where there is none, with a problem where there is a collection.</summary>
    private YamlNode? Text(string key)
    {
        if (!entries.TryGetValue(key, out var entry) || entry.Value.Text is not null)
        {
            return entry.Value;
        }

        var message = $"'{key}' is {Shape(entry.Value)} and must be a text. Write it on one line, as in '{key}: …'.";
        problems.Add(source.Error(DiagnosticCodes.ManifestWrongShape, entry.Value.Index, message));
        return null;
    }
}
