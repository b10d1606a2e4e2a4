using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class BuildingWithoutGo : HostScratch
{
    private string[] Calls =>
        File.Exists(Path.Combine(Root, "fakes/calls")) ? File.ReadAllLines(Path.Combine(Root, "fakes/calls")) : [];

    private DevSettings WithNotedGo =>
        Settings(Project) with
        {
            Go = new() { ToolPath = FakeTool("go", "echo \"$1\" >> \"$(dirname \"$0\")/calls\"\nexec go \"$@\"\n") },
        };

    public override ValueTask InitializeAsync()
    {
        Plugins.CopyBackend(Project);
        Write(
            "pkg/words/words.go", "package words\n\nconst Word = \"Hello\"\n\nfunc End() string {\n\tdefer func() " +
            "{}()\n\treturn \".\"\n}\n");
        Write(
            "pkg/greeting.go", "package main\n\nimport \"example.com/hello-omniview/pkg/words\"\n\nvar greeting = " +
            "words.Word + words.End()\n");
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_change_inside_of_a_package_is_compiled_and_linked_and_go_is_not_asked()
    {
        var dev = await OpenAsync(WithNotedGo);
        await dev.ReadyAsync(1);
        await dev.RestAsync();
        var calls = Calls;

        Replace("pkg/words/words.go", "\"Hello\"", "\"Ahoy\"");
        await dev.ReadyAsync(2);
        Assert.Equal("Ahoy., Ada!", await GreetAsync());
        Replace("pkg/words/words.go", "\".\"", "\"!\"");
        await dev.ReadyAsync(3);
        Assert.Equal("Ahoy!, Ada!", await GreetAsync());
        Replace("pkg/greeting.go", "words.Word +", "words.Wrd +");
        var problem = await dev.ErrorAsync("GO7073");
        Assert.Equal((Path.Combine(Project, "pkg/greeting.go"), 5, 22), (problem.File, problem.Line, problem.Column));
        await dev.LogAsync("generation 3 keeps running");
        Replace("pkg/greeting.go", "words.Wrd +", "words.Word + \"?\" +");
        await dev.ReadyAsync(4);
        Assert.Equal("Ahoy?!, Ada!", await GreetAsync());
        Write(
            "pkg/greeting.go",
            await File.ReadAllTextAsync(Path.Combine(Project, "pkg/greeting.go"), Cancellation) + "// said\n"
        );
        await dev.LogAsync("unchanged");

        Assert.Equal(calls, Calls);
        var builds = await dev.Host.GetBuildsAsync(Plugins.Id, Cancellation);
        Assert.Equal(
            ["ready", "ready", "ready", "failed", "ready", "unchanged"],
            builds.OrderBy(build => build.Number).Select(build => build.Result));
        Assert.Equal(3, builds.Count(build => build.Phases.LinkMs is not null)); // the last one changes no archive
        Assert.All(
            builds, build => Assert.True(build.Phases.LinkMs is null || build.Phases.LinkMs <= build.Phases.BuildMs));
    }

    [Fact]
    public async Task After_a_change_that_only_go_can_judge_it_is_go_that_builds_and_once_more_none_is_needed()
    {
        var dev = await OpenAsync(WithNotedGo);
        await dev.ReadyAsync(1);
        await dev.RestAsync();

        Write(
            "pkg/greeting.go", "package main\n\nimport " +
            "(\n\t\"strings\"\n\n\t\"example.com/hello-omniview/pkg/words\"\n)\n\nvar greeting = " +
            "strings.ToUpper(words.Word)\n");
        await dev.ReadyAsync(2);
        Assert.Equal("HELLO, Ada!", await GreetAsync());
        await dev.RestAsync();
        var calls = Calls;
        Replace("pkg/words/words.go", "\"Hello\"", "\"Ahoy\"");
        await dev.ReadyAsync(3);

        Assert.Equal("AHOY, Ada!", await GreetAsync());
        Assert.Equal(calls, Calls);
    }

    [Fact]
    public async Task A_rebuild_that_is_asked_for_is_gos_and_leaves_a_plugin_that_does_the_same_alone()
    {
        var dev = await OpenAsync(WithNotedGo);
        await dev.ReadyAsync(1);
        await dev.RestAsync();
        Replace("pkg/words/words.go", "\"Hello\"", "\"Ahoy\"");
        await dev.ReadyAsync(2);
        var calls = Calls;

        await dev.Host.RebuildAsync(Plugins.Id, Cancellation);
        await dev.LogAsync("unchanged after");
        await dev.RestAsync();
        Assert.Equal([.. calls, "build", "list", "env", "build"], Calls);
        Assert.Equal(2, dev.States[^1].Generation);

        Replace("pkg/words/words.go", "\"Ahoy\"", "\"Hi\"");
        await dev.ReadyAsync(3);
        Assert.Equal("Hi., Ada!", await GreetAsync());
        Assert.Equal([.. calls, "build", "list", "env", "build"], Calls);
    }

    [Fact]
    public async Task A_change_of_plugin_yaml_behind_one_swaps_nothing()
    {
        var dev = await OpenAsync();
        await dev.ReadyAsync(1);
        await dev.RestAsync();
        Replace("pkg/words/words.go", "\"Hello\"", "\"Ahoy\"");
        var second = await dev.ReadyAsync(2);

        Replace("plugin.yaml", "version: 0.1.0", "version: 0.2.0");
        await dev.LogAsync("unchanged after");

        Assert.Equal((2, second.PluginPid), (dev.States[^1].Generation, dev.States[^1].PluginPid));
        Assert.Contains(
            "version: 0.2.0",
            await File.ReadAllTextAsync(Installed("plugin.yaml"), Cancellation),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Switched_off_it_is_always_gos()
    {
        var dev = await OpenAsync(WithNotedGo with { Go = WithNotedGo.Go with { Incremental = false } });
        await dev.ReadyAsync(1);
        await Poll.UntilAsync(() => Calls.Contains("list"), "go has said what the program is made of");
        Replace("pkg/words/words.go", "\"Hello\"", "\"Ahoy\"");
        await dev.ReadyAsync(2);

        Assert.Equal(["build", "build"], Calls.Where(call => call is "build" or "env"));
    }

    [Fact]
    public async Task Whatever_is_changed_in_whatever_order_the_plugin_is_what_the_sources_say()
    {
        const int Steps = 24;
        var random = new Random(20261120);
        var (word, end, suffix, isBroken, generation) = ("Hello", ".", "", false, 1);
        var dev = await OpenAsync();
        await dev.ReadyAsync(generation);
        await dev.RestAsync();
        for (var step = 0; step < Steps; step++)
        {
            var news = $"{step}";
            var isGos = false;
            switch (random.Next(6))
            {
                case 0:
                    word = news; // what importers see
                    break;
                case 1:
                    end = news; // what they don't
                    break;
                case 2:
                    suffix = news; // in package main
                    break;
                case 3:
                    (word, suffix) = (news, news); // both at once
                    break;
                case 4:
                    Write($"pkg/words/more{step}.go", "package words\n"); // a file that comes
                    (end, isGos) = (news, true);
                    break;
                default:
                    isBroken = true;
                    break;
            }

            WriteWords(word, end, isBroken);
            Write(
                "pkg/greeting.go", "package main\n\nimport \"example.com/hello-omniview/pkg/words\"\n\nvar " +
                $"greeting = words.Word + words.End() + \"{suffix}\"\n");
            if (isBroken)
            {
                await dev.ErrorAsync("GO7075");
                isBroken = false;
                word = news;
                WriteWords(word, end, isBroken);
            }

            await dev.LogAsync($"generation {++generation}"); // never more than one swap for a step
            Assert.Equal($"{word}{end}{suffix}, Ada!", await GreetAsync());
            if (isGos && random.Next(2) == 0)
            {
                await dev.RestAsync();
            }
        }

        // On a busy machine each step may have been go's: this one comes when everything is prepared.
        dev.Skip(); // what an earlier build of go's prepared says nothing of this one
        await dev.Host.RebuildAsync(Plugins.Id, Cancellation);
        await dev.LogAsync("unchanged after");
        await dev.RestAsync();
        Replace("pkg/greeting.go", $"\"{suffix}\"", "\"!\"");
        await dev.LogAsync($"generation {++generation}");

        var builds = await dev.Host.GetBuildsAsync(Plugins.Id, Cancellation);
        Assert.Contains(builds, build => build.Phases.LinkMs is null);
        Assert.Contains(builds, build => build.Phases.LinkMs is > 0);
    }

    private void WriteWords(string word, string end, bool isBroken) =>
        Write(
            "pkg/words/words.go", $"package words\n\nconst Word = \"{word}\"\n\nfunc End() string {{\n\tdefer " +
            $"func() {{}}()\n\treturn \"{end}\"{(isBroken ? " + missing" : "")}\n}}\n");
}
