using System.Text.Json;
using System.Text.RegularExpressions;

namespace Omniview.Plugin.Core.Tests.Diagnostics.Sarif;

/// <summary>What SARIF 2.1.0 demands of the members we write; the numbers are the specification's sections.</summary>
internal static partial class SarifRules
{
    public static JsonElement Read(string file)
    {
        var log = JsonDocument.Parse(
            File.ReadAllBytes(file), new JsonDocumentOptions { AllowDuplicateProperties = false }).RootElement;
        Check(log);
        return log;
    }

    private static void Check(JsonElement log)
    {
        Assert.Equal("2.1.0", log.GetProperty("version").GetString()); // 3.13.2
        AssertAbsolute(log.GetProperty("$schema").GetString()!);
        foreach (var run in log.GetProperty("runs").EnumerateArray())
        {
            CheckRun(run);
        }
    }

    private static void CheckRun(JsonElement run)
    {
        var driver = run.GetProperty("tool").GetProperty("driver");
        Assert.NotEmpty(driver.GetProperty("name").GetString()!); // 3.19.8
        AssertAbsolute(driver.GetProperty("informationUri").GetString()!);
        Assert.Equal("utf16CodeUnits", run.GetProperty("columnKind").GetString()); // 3.14.17
        foreach (var root in run.GetProperty("originalUriBaseIds").EnumerateObject())
        {
            var uri = root.Value.GetProperty("uri").GetString()!;
            AssertAbsolute(uri);
            Assert.EndsWith("/", uri, StringComparison.Ordinal); // 3.14.14
        }

        var rules = driver.GetProperty("rules").EnumerateArray().ToList();
        var ids = rules.Select(rule => rule.GetProperty("id").GetString()!).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(
            rules,
            rule => Assert.NotEmpty(rule.GetProperty("shortDescription").GetProperty("text").GetString()!));
        Assert.All(
            rules.Where(rule => rule.TryGetProperty("helpUri", out _)),
            rule => AssertAbsolute(rule.GetProperty("helpUri").GetString()!));
        foreach (var result in run.GetProperty("results").EnumerateArray())
        {
            // 3.27.5
            Assert.Equal(ids[result.GetProperty("ruleIndex").GetInt32()], result.GetProperty("ruleId").GetString());
            // 3.27.10
            Assert.Contains(result.GetProperty("level").GetString(), new[] { "none", "note", "warning", "error" });
            Assert.NotNull(result.GetProperty("message").GetProperty("text").GetString());
            foreach (var location in Locations(result, "locations").Concat(Locations(result, "relatedLocations")))
            {
                CheckPhysical(location.GetProperty("physicalLocation"), run);
            }
        }
    }

    private static JsonElement[] Locations(JsonElement result, string name) =>
        result.TryGetProperty(name, out var locations) ? [.. locations.EnumerateArray()] : [];

    private static void CheckPhysical(JsonElement physical, JsonElement run)
    {
        var artifact = physical.GetProperty("artifactLocation");
        var uri = artifact.GetProperty("uri").GetString()!;
        if (artifact.TryGetProperty("uriBaseId", out var root))
        {
            Assert.True(run.GetProperty("originalUriBaseIds").TryGetProperty(root.GetString()!, out _));
            Assert.Matches(Relative(), uri); // 3.4.3: relative, as there is a base
        }
        else
        {
            AssertAbsolute(uri);
        }

        if (!physical.TryGetProperty("region", out var region))
        {
            return;
        }

        // 3.30.5 to 3.30.8
        var (startLine, endLine) = (region.GetProperty("startLine").GetInt32(), Number(region, "endLine"));
        Assert.True(startLine >= 1);
        Assert.True(endLine is null || endLine >= startLine);
        Assert.True(Number(region, "startColumn") is null or >= 1);
        Assert.True(Number(region, "endColumn") is null or >= 1);
        Assert.True(
            (endLine ?? startLine) > startLine
                || Number(region, "endColumn") is not { } end
                || end >= (Number(region, "startColumn") ?? 1));
    }

    private static int? Number(JsonElement region, string name) =>
        region.TryGetProperty(name, out var value) ? value.GetInt32() : null;

    private static void AssertAbsolute(string uri) => Assert.Matches(Absolute(), uri);

    // RFC 3986; System.Uri finds fault with escaped file URIs that are legal.
    [GeneratedRegex(
        @"^[a-z][a-z0-9+.-]*://(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-F]{2})+"
            + @"(?:#(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-F]{2})*)?\z")]
    private static partial Regex Absolute();

    // The same without scheme, host, query and fragment; no colon in the first segment.
    [GeneratedRegex(
        @"^(?:[A-Za-z0-9._~!$&'()*+,;=@-]|%[0-9A-F]{2})+(?:/(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-F]{2})+)*\z"
    )]
    private static partial Regex Relative();
}
