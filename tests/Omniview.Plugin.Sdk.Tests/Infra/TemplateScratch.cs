using System.Text.Json;

namespace Omniview.Plugin.Sdk.Tests.Infra;

/// <summary>The world of a new user: the packed template is installed, for a home of the test run.</summary>
public abstract class TemplateScratch(PackageCache packages) : DevScratch(packages)
{
    protected static JsonDocumentOptions Commented { get; } = new() { CommentHandling = JsonCommentHandling.Skip };

    public override async ValueTask InitializeAsync() =>
        Environment[PackageCache.TemplatesVariable] = await Packages.InstallTemplatesAsync();

    protected async Task NewAsync(string folder, params string[] arguments) =>
        (
            await DotnetAsync([
                "new",
                "omniview-plugin",
                "-o",
                folder,
                .. arguments.Contains("-n") ? [] : new[] { "-n", "My.Plugin" },
                .. arguments,
            ])
        ).ShouldSucceed();

    /// <summary>The objects of a list in a file, by a member that names them.</summary>
    protected Dictionary<string, JsonElement> ReadConfigurations(string file, string list, string name)
    {
        using var json = JsonDocument.Parse(ReadProject(file), Commented);
        return json.RootElement.GetProperty(list).EnumerateArray().ToDictionary(
            one => one.GetProperty(name).GetString()!, one => one.Clone());
    }

    protected string ReadProject(string file) => File.ReadAllText(InProject(file));
}
