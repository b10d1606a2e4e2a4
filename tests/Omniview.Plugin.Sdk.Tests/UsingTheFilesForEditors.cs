using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Omniview.Plugin.Sdk.Tests.Infra;

namespace Omniview.Plugin.Sdk.Tests;

/// <summary>What the template has for VS Code.</summary>
public sealed class UsingTheFilesForEditors(PackageCache packages) : TemplateScratch(packages)
{
    [Fact]
    public async Task Builds_a_backend_alone_and_matches_its_problems_in_VS_Code()
    {
        await NewAsync(".", "--ui", "none");
        (await BuildAsync("-warnaserror")).ShouldSucceed();

        var file = Write("pkg/greeting.go", "package main\n\nvar greeting string = missing\n");
        var placed = (await BuildAgainAsync()).ShouldFail();
        File.Delete(InProject("go.mod"));
        var whole = (await BuildAsync()).ShouldFail();

        Assert.True(File.Exists(InProject("build/bin/plugin")));
        var matchers = Matchers();
        Assert.Equal(["build", "debug", "dev", "pack", "test"], matchers.Keys.Order(StringComparer.Ordinal));
        Assert.All(matchers.Values, patterns =>
        {
            Assert.Equal(
                $"{file}|3,23|error|GO7075|undefined: missing [UndeclaredName]",
                Assert.Single(Matches(patterns, placed)));
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
}
