using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Omniview.Plugin.Sdk.Tests.Infra;

/// <summary>docs/properties.xml, and the files that are made of it for people and editors.</summary>
internal sealed partial class PropertyReference
{
    private const string Page = "https://github.com/omniviewdev/omniview-plugin-dotnet/blob/main/docs/properties.md";
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly XElement _root = XElement.Load(Path.Combine(
        Repository.Root, "docs", "properties.xml"), LoadOptions.PreserveWhitespace);

    /// <summary>All names of a kind: property, item, value (a property the SDK sets) or target.</summary>
    public IEnumerable<string> Names(string kind) => _root.Descendants(kind).SelectMany(Names);

    /// <summary>Those that every go command is told.</summary>
    public GoOptionReference GoOptions =>
        new(_root.Descendants("property").Where(property => property.Attribute("option") is not null));

    public string Hooks =>
        string.Concat(_root.Descendants("target").Select(target => $"{(string?)target.Attribute("hooks")}\n"));

    public string ToMarkdown()
    {
        var text = new StringBuilder("# Properties, items and targets\n");
        foreach (var element in _root.Elements())
        {
            if (element.Name == "prose")
            {
                text.Append('\n').Append(Prose(element));
                continue;
            }

            text.Append($"\n## {element.Attribute("title")!.Value}\n");
            XName? table = null;
            foreach (var entry in element.Elements())
            {
                if (entry.Name == "prose")
                {
                    text.Append('\n').Append(Prose(entry));
                }
                else
                {
                    string[] columns = entry.Name.LocalName switch
                    {
                        "property" => ["property", "default", "what it does", "example"],
                        "value" => ["property", "what it says", "known"],
                        "target" => ["target", "what it does", "hooks"],
                        "item" => ["item", "what it does"],
                        var unknown => throw new InvalidOperationException($"docs/properties.xml has a <{unknown}>."),
                    };
                    if (table != entry.Name)
                    {
                        text.Append(
                            $"\n| {string.Join(" | ", columns)} |\n|{string.Concat(columns.Select(_ => "---|"))}\n");
                    }

                    var cells = columns
                        .Skip(1)
                        .Select(column =>
                            column.StartsWith("what ", StringComparison.Ordinal)
                                ? entry.Value
                                : (string?)entry.Attribute(column) ?? "");
                    var escaped = cells
                        .Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))
                        .Select(cell => cell.Length == 0 ? " |" : $" {cell} |");
                    text.Append(
                        $"| {string.Join(", ", Names(entry).Select(name => $"`{name}`"))} |{string.Concat(escaped)}\n");
                }

                table = entry.Name;
            }
        }

        return text.ToString();
    }

    /// <summary>
    /// What the "MSBuild Editor" (Visual Studio, VS Code) reads beside an imported file, for completion and tooltips:
    /// github.com/mhutch/MonoDevelop.MSBuildEditor, MonoDevelop.MSBuild/Schemas/buildschema.json.
    /// </summary>
    public string ToBuildSchema() => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["properties"] = _root.Descendants().Where(entry => entry.Name == "property" || entry.Name == "value")
            .SelectMany(Names, (entry, name) => (entry, name)).ToDictionary(
            one => one.name,
            one => Schema(one.entry)),
        ["items"] = _root.Descendants("item").SelectMany(Names, (entry, name) => (entry, name))
            .ToDictionary(one => one.name, one => Schema(one.entry)),
        ["targets"] = _root.Descendants("target").SelectMany(Names, (entry, name) => (entry, name))
            .ToDictionary(one => one.name, one => Schema(one.entry)),
    }, Indented) + "\n";

    /// <summary>
    /// A page of the project's properties in Visual Studio, in the words of Microsoft.Build.Framework.XamlTypes.
    /// AfterContext: our defaults are in files that are read after the project.
    /// </summary>
    public string ToPropertyPage()
    {
        XNamespace ns = "http://schemas.microsoft.com/build/2009/properties";
        var sections = _root.Elements("section").Where(section => section.Elements("property").Any()).ToList();
        var rule = new XElement(ns + "Rule",
            new XAttribute("Name", "OmniviewPlugin"), new XAttribute("DisplayName", "Omniview plugin"),
            new XAttribute("PageTemplate", "generic"),
            new XAttribute("Description", "How this plugin is built, installed and served."),
            new XElement(
                ns + "Rule.DataSource",
                new XElement(
                    ns + "DataSource",
                    new XAttribute("Persistence", "ProjectFile"),
                    new XAttribute("HasConfigurationCondition", "False"),
                    new XAttribute("SourceOfDefaultValue", "AfterContext"))),
            new XElement(
                ns + "Rule.Categories",
                sections.Select(section => new XElement(
                    ns + "Category",
                    new XAttribute("Name", Id(section)),
                    new XAttribute("DisplayName", section.Attribute("title")!.Value)))),
            from section in sections
            from entry in section.Elements("property")
            from name in Names(entry)
            where IsOurs(name)
            select new XElement(
                ns
                    + (
                        (string?)entry.Attribute("type") switch
                        {
                            "bool" => "BoolProperty",
                            "int" => "IntProperty",
                            _ => "StringProperty",
                        }),
                new XAttribute("Name", name),
                new XAttribute("DisplayName", name),
                new XAttribute("Category", Id(section)),
                new XAttribute("Description", Plain(Described(entry))),
                new XAttribute("HelpUrl", Page)));
        return $"{rule}\n".ReplaceLineEndings("\n");

        static string Id(XElement section) =>
            section.Attribute("title")!.Value.Replace(" ", "", StringComparison.Ordinal);
    }

    /// <summary>A name only this SDK uses; .NET's own are described by the editors already.</summary>
    public static bool IsOurs(string name) => OurName().IsMatch(name);

    private static Dictionary<string, string> Schema(XElement entry)
    {
        var schema = new Dictionary<string, string> { ["description"] = Described(entry) };
        if ((string?)entry.Attribute("type") is { } type)
        {
            schema["type"] = type;
        }

        schema["helpUrl"] = Page;
        return schema;
    }

    private static string Described(XElement entry)
    {
        var text = Link().Replace(entry.Value, "$1");
        text = char.ToUpperInvariant(text[0]) + text[1..];
        return (string?)entry.Attribute("default") is { } value ? $"{text}. Default: {value}." : $"{text}.";
    }

    private static string Plain(string markdown) => markdown.Replace("`", "", StringComparison.Ordinal);

    private static IEnumerable<string> Names(XElement entry) => entry.Attribute("name")!.Value.Split(", ");

    private static string Prose(XElement element) => element.Value.Trim() + "\n";

    [GeneratedRegex(@"^(Omniview|Go|Vite)[A-Z]")]
    private static partial Regex OurName();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex Link();
}
