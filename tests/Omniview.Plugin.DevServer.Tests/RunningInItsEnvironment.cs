using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class RunningInItsEnvironment : HostScratch
{
    private const string Greeting =
        "package main\n\nimport \"os\"\n\nvar greeting = os.Getenv(\"KUBECONFIG\") + " +
        "os.Getenv(\"MSBUILD_OF_A_BUILD\")\n";

    public override ValueTask InitializeAsync()
    {
        Plugins.CopyBackend(Project);
        Write("pkg/greeting.go", Greeting);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_plugin_has_the_variables_of_who_opened_it_and_not_those_of_the_hosts_starter()
    {
        Environment["KUBECONFIG"] = "/clusters/production";
        await KeepHostAsync();

        var dev = await OpenAsync(With("KUBECONFIG", "/clusters/test", ("MSBUILD_OF_A_BUILD", "none of the plugin's")));
        await dev.ReadyAsync(1);

        Assert.Equal("/clusters/test, Ada!", await GreetAsync());
    }

    [Fact]
    public async Task A_variable_the_opener_does_not_have_is_none_of_the_hosts_starter()
    {
        Environment["KUBECONFIG"] = "/clusters/production";
        await KeepHostAsync();

        var dev = await OpenAsync(With("OTHER", "x"));
        await dev.ReadyAsync(1);

        Assert.Equal(", Ada!", await GreetAsync());
    }

    [Fact]
    public async Task Who_opens_it_from_another_environment_has_it_started_with_that_one_and_only_names_are_told()
    {
        var first = await OpenAsync(With("KUBECONFIG", "/clusters/one"));
        await first.ReadyAsync(1);
        Assert.Equal("/clusters/one, Ada!", await GreetAsync());

        await OpenAsync(With("KUBECONFIG", "/clusters/one", ("TERM_SESSION_ID", "another window")));
        var second = await OpenAsync(With("KUBECONFIG", "/clusters/two-secret"));
        await first.LogAsync("differs in KUBECONFIG: all is started with that one");
        await second.ReadyAsync(2);

        Assert.Equal("/clusters/two-secret, Ada!", await GreetAsync());
        var files = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
        };
        foreach (
            var file in new[] { State, Path.Combine(Project, "obj") }
                .Where(Directory.Exists)
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*", files))
                .Where(IsText))
        {
            Assert.DoesNotContain(
                "two-secret", await File.ReadAllTextAsync(file, Cancellation), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Settings_of_go_in_the_openers_environment_are_heeded()
    {
        Write("pkg/tagged.go", "//go:build tagged\n\npackage main\n\nfunc init() { greeting = \"tagged\" }\n");

        var dev = await OpenAsync(With("GOFLAGS", "-tags=tagged"));
        await dev.ReadyAsync(1);

        Assert.Equal("tagged, Ada!", await GreetAsync());
    }

    private static bool IsText(string file) =>
        FileFacts.Of(file)?.Kind == FileKind.File && Path.GetExtension(file) != ".lock"
        && !Path.GetFileName(file).StartsWith(".ovp-", StringComparison.Ordinal); // being written, and soon renamed

    private DevSettings With(string name, string value, params (string Name, string Value)[] more)
    {
        var environment = new Dictionary<string, string>(SessionEnvironment.OfThisProcess());
        foreach (var (key, set) in Environment)
        {
            environment[key] = set;
        }

        environment.Remove("KUBECONFIG");
        foreach (var (key, set) in more.Prepend((name, value)))
        {
            environment[key] = set;
        }

        return Settings(Project) with { Environment = environment };
    }
}
