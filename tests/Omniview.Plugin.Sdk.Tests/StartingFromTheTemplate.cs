using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Manifest;
using Omniview.Plugin.Sdk.Tests.Infra;

namespace Omniview.Plugin.Sdk.Tests;

/// <summary>As a new user: the packed template, installed for a home of its own, in a folder with what paths trip over.</summary>
public sealed class StartingFromTheTemplate(PackageCache packages) : DevScratch(packages)
{
    private const string OwnId = "my-plugin";

    public override async ValueTask InitializeAsync() =>
        (await DotnetAsync("new", "install", Directory.EnumerateFiles(Repository.Packages, "Omniview.Plugin.Templates.*.nupkg").Single())).ShouldSucceed();

    [Fact]
    public async Task Builds_tests_packs_and_runs_at_once()
    {
        await NewAsync(".", "-n", "My.Plugin");

        (await DotnetAsync("build")).ShouldSucceed();
        var tests = (await DotnetAsync("test", "--no-build")).ShouldSucceed();
        (await DotnetAsync("pack")).ShouldSucceed();
        var archive = await RunAsync("tar", "tzf", Directory.EnumerateFiles(InProject("build"), $"{OwnId}-*.tar.gz").Single());
        var dev = Start("dotnet", "run");
        var ui = await ReadyAsync(dev);
        var answer = await Greeter.GreetAsync(Installed(OwnId, ".devinfo"), "Ada");
        dev.Signal(PosixSignal.SIGTERM);

        Assert.Equal(0, await dev.ExitAsync());
        Assert.Matches(@"my-plugin: [1-9]\d* passed, 0 failed, 0 skipped", tests.Output);
        Assert.Contains("./assets/entry.js", archive.Lines);
        Assert.Contains("./bin/plugin", archive.Lines);
        Assert.StartsWith("Hello, Ada", answer, StringComparison.Ordinal);
        await AssertAllGoneAsync(ui);
    }

    [Fact]
    public async Task Has_only_what_was_chosen()
    {
        await NewAsync("all");
        await NewAsync("backend", "--ui", "none");
        await NewAsync("page", "--backend", "none");
        await NewAsync("sdk", "--backend", "sdk", "--ui", "none");

        var all = Below("all");
        Assert.Equal([.. all.Where(file => !file.StartsWith("ui/", StringComparison.Ordinal))], Below("backend"));
        Assert.Equal([.. all.Where(file => !file.StartsWith("pkg/", StringComparison.Ordinal) && file is not ("go.mod" or ".vscode/extensions.json"))], Below("page"));
        Assert.Equal([.. Below("backend").Where(file => !file.StartsWith("pkg/", StringComparison.Ordinal)).Append("pkg/main.go").Order(StringComparer.Ordinal)], Below("sdk"));
        Assert.Superset(
            new HashSet<string>([".github/workflows/ci.yml", ".gitignore", ".vscode/launch.json", ".vscode/tasks.json", "Directory.Build.rsp", "My.Plugin.csproj", "README.md", "global.json", "go.mod", "pkg/main.go", "plugin.yaml", "ui/pnpm-lock.yaml", "ui/src/App.tsx"]),
            [.. all]);
        Assert.Equal($"""<Project Sdk="Omniview.Plugin.Sdk/{Repository.SdkVersion}" />""", ReadProject("all/My.Plugin.csproj").Trim());
        Assert.Contains("require github.com/omniviewdev/plugin-sdk v", ReadProject("sdk/go.mod"), StringComparison.Ordinal);
        Assert.Contains("go mod tidy", ReadProject("sdk/README.md"), StringComparison.Ordinal);
        foreach (var file in from folder in new[] { "all", "backend", "page", "sdk" } from file in Below(folder) select $"{folder}/{file}")
        {
            Assert.DoesNotMatch(@"#(if|endif)|(?i)hello[-. ]omniview|PLUGIN TITLE", ReadProject(file));
        }

        foreach (var file in Directory.EnumerateFiles(Project, "*.json", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))
        {
            using var _ = JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), _commented);
        }
    }

    [Theory]
    [InlineData("minimal", "none", "bin/plugin")]
    [InlineData("none", "react", null)]
    public async Task Builds_with_half_of_it(string backend, string ui, string? program)
    {
        await NewAsync(".", "-n", "My.Plugin", "--backend", backend, "--ui", ui);

        (await BuildAsync("-warnaserror")).ShouldSucceed();

        Assert.Equal(program is not null, File.Exists(InProject("build/bin/plugin")));
        Assert.Equal(ui == "react", File.Exists(InProject("ui/dist/assets/entry.js")));
    }

    [Theory]
    [InlineData("My.Plugin", "my-plugin", "My Plugin")]
    [InlineData("a b;c%20é", "a-b-c-20", "a b;c%20é")]
    [InlineData("CON", "con-plugin", "CON")]
    [InlineData("_Über", "ber", " Über")]
    [InlineData("日本", "my-plugin", "日本")]
    [InlineData("R&D #1: x", "r-d-1-x", "R&D #1: x")]
    public async Task Makes_a_legal_id_of_every_name(string name, string id, string title)
    {
        await NewAsync(".", "-n", name);

        var manifest = ManifestReader.Read(Project).Manifest!;
        Assert.Null(PluginId.Problem(manifest.Id));
        Assert.Equal((id, title), (manifest.Id, manifest.Name));
        Assert.Contains($"module example.com/{id}\n", ReadProject("go.mod"), StringComparison.Ordinal);
        Assert.Contains($"<title>{System.Net.WebUtility.HtmlEncode(title)}</title>", ReadProject("ui/index.html"), StringComparison.Ordinal);
        Assert.True(File.Exists(InProject($"{name}.csproj")));
    }

    private static readonly JsonDocumentOptions _commented = new() { CommentHandling = JsonCommentHandling.Skip };

    private async Task NewAsync(string folder, params IEnumerable<string> arguments) =>
        (await DotnetAsync(["new", "omniview-plugin", "-o", folder, .. folder == "." ? [] : new[] { "-n", "My.Plugin" }, .. arguments])).ShouldSucceed();

    private string ReadProject(string file) => File.ReadAllText(InProject(file));

    private List<string> Below(string folder) =>
        [.. Directory.EnumerateFiles(InProject(folder), "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Select(file => Path.GetRelativePath(InProject(folder), file)).Order(StringComparer.Ordinal)];
}
