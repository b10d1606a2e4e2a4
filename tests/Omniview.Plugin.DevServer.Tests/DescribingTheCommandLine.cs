using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Cli;
using Omniview.Plugin.DevServer.Cli.Output;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

/// <summary>docs/cli.md and docs/cli.schema.json say what there is.</summary>
public sealed class DescribingTheCommandLine
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonSerializerOptions Wire = new(WireJson.Options)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        NumberHandling = JsonNumberHandling.Strict,
    };

    private static readonly (string Name, Type Type)[] Forms =
    [
        ("failure", typeof(Failure)), ("ps", typeof(PsResult)), ("status", typeof(StatusResult)),
        ("logs", typeof(LogEntry)), ("errors", typeof(BuildErrors)),
        ("rebuild", typeof(StatusResult)), ("restart", typeof(StatusResult)), ("stop", typeof(StopResult)),
        ("open", typeof(OpenResult)), ("install", typeof(InstalledResult)), ("doctor", typeof(DoctorResult)),
        ("explain", typeof(ExplainResult)),
    ];

    private static IEnumerable<Command> Verbs => DevCommand.Create().Subcommands.Where(verb => !verb.Hidden);

    [Fact]
    public async Task The_schema_in_the_repository_is_that_of_what_is_written()
    {
        var forms = new JsonObject();
        foreach (var (name, type) in Forms)
        {
            forms[name] = JsonSchemaExporter.GetJsonSchemaAsNode(
                Wire,
                type,
                new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Complete }
            );
        }

        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] =
                "What the verbs of omniview-plugin-dev print with --json: one value of the form named as the verb " +
                "(logs: one in each line), or a failure",
            ["anyOf"] = new JsonArray([.. Forms.Select(form => new JsonObject { ["$ref"] = $"#/$defs/{form.Name}" })]),
            ["$defs"] = forms,
        };
        var written = schema.ToJsonString(Indented) + "\n";
        if (Environment.GetEnvironmentVariable("OVP_UPDATE") is not null) // how the file is made
        {
            await File.WriteAllTextAsync(CliSchema.File, written, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await File.ReadAllTextAsync(CliSchema.File, TestContext.Current.CancellationToken), written);
    }

    [Fact]
    public void Every_verb_has_a_form_and_every_verb_and_option_is_in_the_page()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "cli.md"));

        Assert.Empty(Verbs.Select(verb => verb.Name).Except(Forms.Select(form => form.Name)).Except(["completion"]));
        foreach (
            var name in Verbs.SelectMany(verb => verb.Options.Select(option => option.Name).Append($"`{verb.Name}")))
        {
            Assert.Contains(name, page, StringComparison.Ordinal);
        }
    }

    // Everything is always there, so who reads it need not ask.
    private static JsonNode Complete(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (schema is JsonObject { } one && one["properties"] is JsonObject properties)
        {
            one["required"] = new JsonArray([.. properties.Select(property => JsonValue.Create(property.Key))]);
        }

        return schema;
    }
}
