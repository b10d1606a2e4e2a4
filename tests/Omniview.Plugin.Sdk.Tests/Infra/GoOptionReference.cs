using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Omniview.Plugin.Sdk.Tests.Infra;

/// <summary>The properties of docs/properties.xml that have an option, and the two files made of them.</summary>
internal sealed partial class GoOptionReference(IEnumerable<XElement> properties)
{
    private const int MostColumns = 120;

    private readonly List<(string Name, string Type, string Read, string Value, XElement Property)> _options =
    [
        .. properties.Select(property => (
            property.Attribute("option")!.Value,
            IsFlag(property) ? "bool" : IsList(property) ? "IReadOnlyList<string>" : Text(property),
            IsFlag(property) ? "Flag" : IsList(property) ? "List" : "Text",
            IsFlag(property) ? "" : IsList(property) ? "[]" : Default(property) ?? "",
            property)),
    ];

    /// <summary>The record of the same name.</summary>
    public string ToRecord() => $$"""
        // Made of docs/properties.xml by the tests DocumentingTheProperties: CONTRIBUTING.md, "Adding a Go property".
        namespace Omniview.Plugin.Core.Go.Commands;

        /// <summary>What the author of a plugin sets for every go command over its code.</summary>
        internal record GoOptions
        {
        {{string.Join("\n\n", _options.Select(option => $"{Summary(option.Property)}\n    {Member(option)}"))}}

            /// <summary>The same with one of them as it is written.</summary>
            /// <exception cref="ArgumentException">There is none of this name.</exception>
            public GoOptions With(string name, GoOptionValue value) => name switch
            {
        {{string.Join("\n", _options.Select(Arm))}}
                _ => throw new ArgumentException($"GoOptions has no {name}.", nameof(name)),
            };
        }

        """;

    /// <summary>The list MSBuild hands to the tasks.</summary>
    public string ToTargets() => $"""
        <!-- Made of docs/properties.xml by the tests DocumentingTheProperties: CONTRIBUTING.md, "Adding a Go property". -->
        <Project>

          <!--
            What an author sets for every go command, and by which property. A target that hands the options to a task adds the
            values first, as the properties are by then: a hook may set one between two commands. $(%(Property)) is the value of
            the property that an item names: MSBuild expands metadata before properties (Expander.cs).
          -->
          <ItemGroup>
        {string.Join("\n", _options.Select(option =>
            $"""    <_GoOption Include="{option.Name}" Property="{option.Property.Attribute("name")!.Value}" />"""))}
          </ItemGroup>

        </Project>

        """;

    private static string Member((string Name, string Type, string Read, string Value, XElement Property) option) =>
        $"public {option.Type} {option.Name} {{ get; init; }}{(option.Value.Length > 0 ? $" = {option.Value};" : "")}";

    private static string Arm((string Name, string Type, string Read, string Value, XElement Property) option)
    {
        var isDefaulted = option is { Read: "Text", Value.Length: > 0 };
        var value = $"value.{option.Read}{(isDefaulted ? $" ?? {option.Value}" : "")}";
        return $"        \"{option.Name}\" => this with {{ {option.Name} = {value} }},";
    }

    private static bool IsFlag(XElement property) => (string?)property.Attribute("type") == "bool";

    private static bool IsList(XElement property) => (string?)property.Attribute("list") == "true";

    private static string Text(XElement property) => Default(property) is null ? "string?" : "string";

    private static string? Default(XElement property) =>
        Code().Match((string?)property.Attribute("default") ?? "") is { Success: true } match
            ? $"\"{match.Groups[1].Value}\""
            : null;

    private static string Summary(XElement property)
    {
        var text = new XText($"{property.Attribute("name")!.Value}: {Link().Replace(property.Value, "$1")}").ToString();
        var lines = new List<string> { "    ///" };
        foreach (var word in $"<summary>{Quoted().Replace(text, "<c>$1</c>")}.</summary>".Split(' '))
        {
            if (lines[^1].Length + 1 + word.Length > MostColumns)
            {
                lines.Add("    ///");
            }

            lines[^1] += " " + word;
        }

        return string.Join('\n', lines);
    }

    [GeneratedRegex("^`([^`]+)`$")]
    private static partial Regex Code();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex Link();
}
