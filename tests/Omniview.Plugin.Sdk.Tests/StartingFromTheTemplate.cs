using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json;
using Omniview.Plugin.Core.Manifest;
using Omniview.Plugin.Sdk.Tests.Infra;

namespace Omniview.Plugin.Sdk.Tests;

/// <summary>
/// As a new user: the packed template, installed for a home of the test run, in a folder with what paths trip over.
/// </summary>
public sealed class StartingFromTheTemplate(PackageCache packages) : TemplateScratch(packages)
{
    private const string OwnId = "my-plugin";

    [Fact]
    public async Task Builds_tests_packs_and_runs_at_once()
    {
        await NewAsync(".");

        (await DotnetAsync("build")).ShouldSucceed();
        var tests = (await DotnetAsync("test", "--no-build")).ShouldSucceed();
        (await DotnetAsync("pack")).ShouldSucceed();
        var archive = await RunAsync(
            "tar", "tzf", Directory.EnumerateFiles(InProject("build"), $"{OwnId}-*.tar.gz").Single());
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
        Assert.Equal(
            [
                .. all.Where(file =>
                    !file.StartsWith("pkg/", StringComparison.Ordinal)
                    && file is not ("go.mod" or ".vscode/extensions.json")),
            ],
            Below("page"));
        Assert.Equal(
            [
                .. Below("backend")
                    .Where(file => !file.StartsWith("pkg/", StringComparison.Ordinal))
                    .Append("pkg/main.go")
                    .Order(StringComparer.Ordinal),
            ],
            Below("sdk"));
        Assert.ProperSuperset(
            new HashSet<string>([
                ".github/workflows/ci.yml",
                ".gitignore",
                ".vscode/launch.json",
                ".vscode/tasks.json",
                "Directory.Build.rsp",
                "My.Plugin.csproj",
                "README.md",
                "global.json",
                "go.mod",
                "pkg/main.go",
                "plugin.yaml",
                "ui/pnpm-lock.yaml",
                "ui/src/App.tsx",
            ]),
            new HashSet<string>(all));
        Assert.Equal(
            $"""<Project Sdk="Omniview.Plugin.Sdk/{Repository.SdkVersion}" />""",
            ReadProject("all/My.Plugin.csproj").Trim());
        Assert.Matches(
            @"""preLaunchTask"": ""debug""[\s\S]*""port"": (25[12]\d\d)\b"
                + @"[\s\S]*""label"": ""debug""[\s\S]*OmniviewDebugPort=\1\b",
            ReadProject("all/.vscode/launch.json") + ReadProject("all/.vscode/tasks.json"));
        Assert.DoesNotContain(
            "debug",
            ReadProject("page/.vscode/tasks.json") + ReadProject("page/.vscode/launch.json"),
            StringComparison.OrdinalIgnoreCase);
        Assert.Contains(
            "require github.com/omniviewdev/plugin-sdk v", ReadProject("sdk/go.mod"), StringComparison.Ordinal);
        Assert.Contains("go mod tidy", ReadProject("sdk/README.md"), StringComparison.Ordinal);
        string[] folders = ["all", "backend", "page", "sdk"];
        foreach (var file in folders.SelectMany(folder => Below(folder).Select(file => $"{folder}/{file}")))
        {
            Assert.DoesNotMatch(@"#(if|endif)|(?i)hello[-. ]omniview|PLUGIN TITLE", ReadProject(file));
        }

        foreach (
            var file in Directory.EnumerateFiles(
                Project, "*.json", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))
        {
            using var _ = JsonDocument.Parse(await File.ReadAllTextAsync(
                file, TestContext.Current.CancellationToken), Commented);
        }
    }

    [Fact]
    public async Task Builds_a_page_alone()
    {
        await NewAsync(".", "--backend", "none");

        (await BuildAsync("-warnaserror")).ShouldSucceed();

        Assert.False(File.Exists(InProject("build/bin/plugin")));
        Assert.True(File.Exists(InProject("ui/dist/assets/entry.js")));
    }

    [Fact]
    public async Task Makes_a_legal_id_of_every_name()
    {
        await AssertNamesAsync("My.Plugin", "my-plugin", "My Plugin");
        await AssertNamesAsync("a b;c%20é", "a-b-c-20", "a b;c%20é");
        await AssertNamesAsync("CON", "con-plugin", "CON");
        await AssertNamesAsync("_Über", "ber", "Über");
        await AssertNamesAsync("日本", "my-plugin", "日本");
        await AssertNamesAsync("R&D #1: x", "r-d-1-x", "R&D #1: x");
    }

    private async Task AssertNamesAsync(string name, string id, string title)
    {
        await NewAsync(name, "-n", name);

        var manifest = ManifestReader.Read(InProject(name)).Manifest!;
        Assert.Null(PluginId.Problem(manifest.Id));
        Assert.Equal((id, title), (manifest.Id, manifest.Name));
        Assert.Contains($"module example.com/{id}\n", ReadProject($"{name}/go.mod"), StringComparison.Ordinal);
        Assert.Contains(
            $"<title>{title}</title>",
            WebUtility.HtmlDecode(ReadProject($"{name}/ui/index.html")),
            StringComparison.Ordinal);
        Assert.True(File.Exists(InProject($"{name}/{name}.csproj")));
    }

    private List<string> Below(string folder) =>
        [.. Directory.EnumerateFiles(
            InProject(folder), "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Select(file => Path.GetRelativePath(InProject(folder), file)).Order(StringComparer.Ordinal)];
}
