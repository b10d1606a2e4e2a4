using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Omniview.Plugin.DevServer.Tests.Infra;

/// <summary>
/// Summaries of types and members for the API's description: ASP.NET takes those of public types only.
/// </summary>
internal sealed partial class XmlComments : IOpenApiSchemaTransformer
{
    private readonly Dictionary<string, XElement> _members = Directory.EnumerateFiles(AppContext.BaseDirectory, "*.xml")
        .SelectMany(file => XDocument.Load(file).Descendants("member"))
        .GroupBy(member => member.Attribute("name")!.Value, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    public Task TransformAsync(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Member($"T:{Name(context.JsonTypeInfo.Type)}");
        schema.Description = Text(type?.Element("summary")) ?? schema.Description;
        if (context.JsonPropertyInfo is { AttributeProvider: PropertyInfo property } && Of(property) is { } said)
        {
            if (schema.Metadata is { } metadata
                && metadata.TryGetValue("x-schema-id", out var id) && id is string { Length: > 0 })
            {
                metadata["x-ref-description"] = said; // written beside the reference
            }
            else
            {
                schema.Description = said;
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Its own summary, or what the record it is a parameter of says of it.</summary>
    private string? Of(PropertyInfo property) =>
        Text(Member($"P:{Name(property.DeclaringType!)}.{property.Name}")?.Element("summary"))
        ?? Text(Member($"T:{Name(property.DeclaringType!)}")?.Elements("param")
            .FirstOrDefault(one => one.Attribute("name")!.Value == property.Name));

    private XElement? Member(string name) => _members.GetValueOrDefault(name);

    private static string Name(Type type) => (type.FullName ?? type.Name).Replace('+', '.');

    private static string? Text(XElement? comment) =>
        comment is null ? null : Space().Replace(string.Concat(comment.Nodes().Select(Text)), " ").Trim();

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement element when element.Attribute("cref") is { } cref => cref.Value.Split('.', ':')[^1],
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
