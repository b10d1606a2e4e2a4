using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Omniview.Plugin.Core.Manifest;

/// <summary>
/// Builds the nodes of one YAML document from the parser's events, without recursion: how deep a hostile file nests is
/// bounded by a count and not by the stack.
/// </summary>
internal sealed class YamlReader
{
    private const int DepthLimit = 64;

    private readonly ManifestText _source;
    private readonly List<Diagnostic> _problems;
    private readonly Dictionary<AnchorName, YamlNode> _anchors = [];
    private readonly Stack<YamlFrame> _open = [];
    private YamlNode? _root;

    private YamlReader(ManifestText source, List<Diagnostic> problems)
    {
        _source = source;
        _problems = problems;
    }

    /// <summary>The document's outermost node. Keys that come twice are added to the problems.</summary>
    /// <exception cref="DiagnosticException">It is not one YAML document, or it says nothing.</exception>
    public static YamlNode Read(ManifestText source, List<Diagnostic> problems)
    {
        var root = new YamlReader(source, problems).Read();
        return root is { IsNull: false }
            ? root
            : throw source.Failure(
                DiagnosticCodes.ManifestEmpty, 0, "plugin.yaml is empty. Give the plugin an id, a version and a " +
                    "list of capabilities.");
    }

    private YamlNode? Read()
    {
        var events = new YamlEvents(_source);
        while (events.Next() is { } next)
        {
            var index = (int)next.Start.Index;
            switch (next)
            {
                case DocumentStart when _root is not null:
                    throw _source.Failure(
                        DiagnosticCodes.ManifestBadYaml,
                        index,
                        "A second YAML document starts here; plugin.yaml holds one. Remove this line and what " +
                        "belongs to it.");
                case Scalar scalar:
                    Add(scalar, new YamlNode(index) { Text = scalar.Value, IsNull = IsNull(scalar) });
                    break;
                case AnchorAlias alias:
                    Add(alias, Resolve(alias, index));
                    break;
                case SequenceStart sequence:
                    Open(sequence, new YamlNode(index) { Items = [] }, sequence.Style == SequenceStyle.Flow);
                    break;
                case MappingStart mapping:
                    Open(
                        mapping,
                        new YamlNode(index) { Entries = new(StringComparer.Ordinal) },
                        mapping.Style == MappingStyle.Flow);
                    break;
                case SequenceEnd or MappingEnd:
                    _open.Pop();
                    break;
            }
        }

        return _root;
    }

    // YAML 1.2's core schema; a tag or quotes make text of the same signs.
    private static bool IsNull(Scalar scalar) =>
        scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty
            && scalar.Value is ("" or "~" or "null" or "Null" or "NULL");

    private YamlNode Resolve(AnchorAlias alias, int index) => _anchors.TryGetValue(alias.Value, out var anchored)
        ? anchored with { Index = index }
        : throw _source.Failure(
            DiagnosticCodes.ManifestBadYaml, index, $"The alias {Shown.Text($"*{alias.Value}")} has no anchor " +
                "before it. Quote it if it is meant as text.");

    private void Open(NodeEvent start, YamlNode node, bool isFlow)
    {
        if (_open.Count == DepthLimit)
        {
            throw _source.Failure(
                DiagnosticCodes.ManifestBadYaml, node.Index, "plugin.yaml nests lists and mappings more than " +
                    $"{DepthLimit} deep here. Flatten it.");
        }

        Add(start, node);
        _open.Push(new YamlFrame(node, isFlow));
    }

    private void Add(ParsingEvent source, YamlNode node)
    {
        if (source is NodeEvent { Anchor.IsEmpty: false } anchored)
        {
            _anchors[anchored.Anchor] = node;
        }

        _open.TryPeek(out var parent);
        if (parent is not { IsFlow: true } && _source.TabBefore(node.Index) is >= 0 and var tab)
        {
            throw YamlEvents.TabFailure(_source, tab);
        }

        if (parent is null)
        {
            _root = node;
        }
        else if (parent.Collection.Items is { } items)
        {
            items.Add(node);
        }
        else if (parent.Key is not { } key)
        {
            parent.Key = node;
            NoteIfSecond(parent.Collection, node);
        }
        else
        {
            parent.Key = null;
            if (key.Text is not null)
            {
                parent.Collection.Entries!.TryAdd(key.Text, (key, node));
            }
        }
    }

    private void NoteIfSecond(YamlNode mapping, YamlNode key)
    {
        if (key.Text is not null && mapping.Entries!.TryGetValue(key.Text, out var first))
        {
            _problems.Add(_source.Error(
                DiagnosticCodes.ManifestDuplicateKey,
                key.Index,
                $"The key {Shown.Text(key.Text)} is already on line {_source.LineAt(first.Key.Index)}. Keep one of " +
                "the two."));
        }
    }
}
