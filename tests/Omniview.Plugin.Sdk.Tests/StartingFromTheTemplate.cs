using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Manifest;
using Omniview.Plugin.Sdk.Tests.Infra;

namespace Omniview.Plugin.Sdk.Tests;

/// <summary>
/// As a new user: the packed template, installed for a home of its own, in a folder with what paths trip over.
/// </summary>
public sealed class StartingFromTheTemplate(PackageCache packages) : DevScratch(packages)
{
    private const string OwnId = "my-plugin";

    public override async ValueTask InitializeAsync() =>
        (
            await DotnetAsync(
                "new",
                "install",
                Directory.EnumerateFiles(Repository.Packages, "Omniview.Plugin.Templates.*.nupkg").Single())
        ).ShouldSucceed();

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
        foreach (
            var file in from folder in new[] { "all", "backend", "page", "sdk" }
            from file in Below(folder)
            select $"{folder}/{file}")
        {
            Assert.DoesNotMatch(@"#(if|endif)|(?i)hello[-. ]omniview|PLUGIN TITLE", ReadProject(file));
        }

        foreach (
            var file in Directory.EnumerateFiles(
                Project, "*.json", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))
        {
            using var _ = JsonDocument.Parse(await File.ReadAllTextAsync(
                file, TestContext.Current.CancellationToken), _commented);
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
    public async Task Builds_a_backend_alone_and_matches_its_problems_in_VS_Code()
    {
        await NewAsync(".", "--ui", "none");
        (await BuildAsync("-warnaserror")).ShouldSucceed();

        var file = Write("pkg/greeting.go", "package main\n\nvar greeting string = missing\n");
        var placed = (await BuildAsync()).ShouldFail();
        File.Delete(InProject("go.mod"));
        var whole = (await BuildAsync()).ShouldFail();

        Assert.True(File.Exists(InProject("build/bin/plugin")));
        var matchers = Matchers();
        Assert.Equal(["build", "debug", "dev", "pack", "test"], matchers.Keys.Order(StringComparer.Ordinal));
        Assert.All(matchers.Values, patterns =>
        {
            Assert.Equal(
                $"{file}|3,23|error|GOUndeclaredName|undefined: missing", Assert.Single(Matches(patterns, placed)));
            Assert.StartsWith(
                $"{ProjectFile}||error|OVP1018|", Assert.Single(Matches(patterns, whole)), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Is_debugged_at_the_port_its_launch_file_attaches_to()
    {
        await NewAsync(".", "--ui", "none");
        Environment["PATH"] = $"{Path.GetDirectoryName(Dlv.Path)}:{System.Environment.GetEnvironmentVariable("PATH")}";
        // dlv asks the system, and not HOME, for the user's home
        Environment["XDG_CONFIG_HOME"] = Path.Combine(Home, ".config");
        var attach = ReadConfigurations(".vscode/launch.json", "configurations", "name")["Attach to the backend"];
        var task = ReadConfigurations(".vscode/tasks.json", "tasks", "label")[
            attach.GetProperty("preLaunchTask").GetString()!];

        var dev = Start(
            task.GetProperty("command").GetString()!,
            task.GetProperty("args").EnumerateArray().Select(argument => argument.GetString()!));
        await dev.WaitForAsync("ready in ");
        var state = await Dlv.CallAsync(attach.GetProperty("port").GetInt32(), "State", """{"NonBlocking":true}""");

        Assert.Contains("\"Running\":true", state, StringComparison.Ordinal);
        Assert.Equal(
            ("go", "attach", "remote", "127.0.0.1"),
            (
                attach.GetProperty("type").GetString(),
                attach.GetProperty("request").GetString(),
                attach.GetProperty("mode").GetString(),
                attach.GetProperty("host").GetString()));
        dev.Signal(PosixSignal.SIGTERM);
        Assert.Equal(0, await dev.ExitAsync());
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

    private static readonly JsonDocumentOptions _commented = new() { CommentHandling = JsonCommentHandling.Skip };

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

    private async Task NewAsync(string folder, params string[] arguments) =>
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

    /// <summary>The patterns of each task in tasks.json.</summary>
    private Dictionary<string, List<JsonElement>> Matchers() =>
        ReadConfigurations(".vscode/tasks.json", "tasks", "label")
            .ToDictionary(
                task => task.Key,
                task =>
                    task.Value.GetProperty("problemMatcher")
                        .EnumerateArray()
                        .Select(matcher => matcher.GetProperty("pattern"))
                        .ToList());

    /// <summary>The objects of a list in a file, by a member that names them.</summary>
    private Dictionary<string, JsonElement> ReadConfigurations(string file, string list, string name)
    {
        using var json = JsonDocument.Parse(ReadProject(file), _commented);
        return json.RootElement.GetProperty(list).EnumerateArray().ToDictionary(
            one => one.GetProperty(name).GetString()!, one => one.Clone());
    }

    /// <summary>file|location|severity|code|message of what VS Code would list, each once, as it does.</summary>
    private static List<string> Matches(List<JsonElement> patterns, Result build) =>
        [
            .. (
                from line in build.Lines
                from pattern in patterns
                let match = Regex.Match(line, pattern.GetProperty("regexp").GetString()!)
                where match.Success
                select string.Join(
                    '|',
                    new[] { "file", "location", "severity", "code", "message" }.Select(part =>
                        pattern.TryGetProperty(part, out var number) ? match.Groups[number.GetInt32()].Value : ""))
            ).Distinct(),
        ];

    private string ReadProject(string file) => File.ReadAllText(InProject(file));

    private List<string> Below(string folder) =>
        [.. Directory.EnumerateFiles(
            InProject(folder), "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Select(file => Path.GetRelativePath(InProject(folder), file)).Order(StringComparer.Ordinal)];
}
