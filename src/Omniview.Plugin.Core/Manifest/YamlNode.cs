namespace Omniview.Plugin.Core.Manifest;

/// <summary>
/// One value of a YAML document. An alias is a node of its own, with its own place, that shares its anchor's content:
/// nothing is copied, so a file can't grow in memory, and a collection can hold itself. Don't walk the tree
/// recursively.
/// </summary>
/// <param name="Index">Where it starts, in characters from the start of the text.</param>
internal sealed record YamlNode(int Index)
{
    /// <summary>
    /// A scalar's text as it is written, before YAML would make a number or a truth value of it; null for a collection.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>Whether it is nothing, <c>~</c> or <c>null</c>, without quotes.</summary>
    public bool IsNull { get; init; }

    /// <summary>A list's entries; null for all else.</summary>
    public List<YamlNode>? Items { get; init; }

    /// <summary>
    /// A mapping's entries by the text of their keys, the first where a key comes twice; null for all else. Keys that
    /// are collections are left out.
    /// </summary>
    public Dictionary<string, (YamlNode Key, YamlNode Value)>? Entries { get; init; }
}
