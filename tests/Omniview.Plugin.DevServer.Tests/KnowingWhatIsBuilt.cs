using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class KnowingWhatIsBuilt : WatchedGoScratch
{
    [Fact]
    public async Task A_module_beside_the_project_is_a_part_of_the_program()
    {
        Plugins.Write(Root, "beside/go.mod", "module example.com/beside\n\ngo 1.25\n");
        Plugins.Write(Root, "beside/b.go", "package beside\n\nconst Greeting = \"Hello\"\n");
        Replace(
            "go.mod", "go 1.25\n", "go 1.25\n\nrequire example.com/beside v0.0.0\n\nreplace example.com/beside => " +
            "../beside\n");
        Write("pkg/greeting.go", "package main\n\nimport \"example.com/beside\"\n\nconst greeting = beside.Greeting\n");
        var dev = await OpenAsync();
        await dev.ReadyAsync(1);
        Assert.Equal("Hello, Ada!", await GreetAsync());

        // Go is asked what the program is made of when it runs already; what is saved until then is noticed all the
        // same.
        Plugins.Write(Root, "beside/b.go", "package beside\n\nconst Greeting = \"Besides\"\n");
        await dev.ReadyAsync(2);
        Assert.Equal("Besides, Ada!", await GreetAsync());
        Plugins.Write(Root, "beside/b.go", "package beside\n\nconst Greeting = \"Next\"\n");
        await dev.ReadyAsync(3);
        Assert.Equal("Next, Ada!", await GreetAsync());
    }

    [Fact]
    public async Task A_file_the_author_names_is_one_too_wherever_it_is_and_without_effect_swaps_nothing()
    {
        var word = Plugins.Write(Root, "words/greeting.txt", "package main\n\nconst greeting = \"Hello\"\n");
        var unused = Plugins.Write(Root, "words/unused.txt", "1");
        var overlay = Write(".overlay.json", $$"""{ "Replace": { "pkg/greeting.go": "{{word}}" } }""");
        var settings = Settings(Project) with
        {
            Go = new()
            {
                ToolPath = FakeTool("go", WatchedGo.Script),
                Incremental = false,
                ExtraArguments = [$"-overlay={overlay}"],
            },
            WatchedFiles = [word, unused, overlay],
        };
        var dev = await OpenAsync(settings);
        await dev.ReadyAsync(1);
        await Poll.UntilAsync(() => Go.Lists > 0, "go has said what the program is made of");

        await File.WriteAllTextAsync(word, "package main\n\nconst greeting = \"Overlaid\"\n", Cancellation);
        var second = await dev.ReadyAsync(2);
        Assert.Equal("Overlaid, Ada!", await GreetAsync());

        await File.WriteAllTextAsync(unused, "2", Cancellation);
        await dev.LogAsync("unchanged");
        Assert.Equal((2, second.PluginPid), (dev.States[^1].Generation, dev.States[^1].PluginPid));

        await File.WriteAllTextAsync(overlay, "{}", Cancellation);
        await dev.ReadyAsync(3);
        Assert.Equal("Hello, Ada!", await GreetAsync());
        Assert.Equal(4, Go.Notes.Count(note => note == "build"));
    }

    [Fact]
    public async Task What_is_no_part_of_the_program_builds_nothing()
    {
        Write("internal/unused/x.go", "package unused\n");
        var dev = await OpenAsync(WithWatchedGo);
        await dev.ReadyAsync(1);
        await Poll.UntilAsync(() => Go.Lists > 0, "go has said what the program is made of");

        Write("internal/unused/x.go", "package unused\n\nfunc init() { println(1) }\n");
        Write("pkg/notes.txt", "not embedded");
        Replace("pkg/greeting.go", "\"Hello\"", "\"Ahoy\"");
        await dev.ReadyAsync(2);

        Assert.Equal(2, Go.Notes.Count(note => note == "build"));
        var asked = Go.Lists;
        Write("pkg/uses.go", "package main\n\nimport _ \"example.com/hello-omniview/internal/unused\"\n");
        await dev.ReadyAsync(3);
        await Poll.UntilAsync(() => Go.Lists > asked, "go was asked again, for the new import");
        Write("internal/unused/x.go", "package unused\n\nfunc init() { println(2) }\n");
        await dev.ReadyAsync(4);
    }

    [Fact]
    public async Task A_save_without_a_change_builds_nothing_and_one_without_effect_swaps_nothing()
    {
        var dev = await OpenAsync(WithWatchedGo);
        var first = await dev.ReadyAsync(1);
        var file = Path.Combine(Project, "pkg/greeting.go");

        await File.WriteAllTextAsync(file, await File.ReadAllTextAsync(file, Cancellation), Cancellation);
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow);
        Write("pkg/greeting_test.go", "package main\n");
        Write("pkg/.greeting.go.swp", "editor");
        Write("README.md", "text");
        Write("pkg/notes.txt", "might be embedded, but is not");
        // which has no effect
        Write("go.mod", await File.ReadAllTextAsync(Path.Combine(Project, "go.mod"), Cancellation) + "// said\n");
        await dev.LogAsync("unchanged");

        var same = dev.States[^1];
        Assert.Equal((1, first.PluginPid, ProcessStatus.Ready), (same.Generation, same.PluginPid, same.GoStatus));
        Assert.Equal(["build", "built", "build", "built"], Go.Notes);
    }

    [Fact]
    public async Task What_is_written_anew_while_a_build_may_be_reading_it_is_read_again_but_not_for_ever()
    {
        var dev = await OpenAsync(WithWatchedGo);
        await dev.ReadyAsync(1);
        var file = Path.Combine(Project, "pkg/main.go");
        Go.HoldBuilds();
        Replace("pkg/greeting.go", "\"Hello\"", "\"Ahoy\"");
        await Poll.UntilAsync(() => Go.Notes.Count(note => note == "build") == 2, "the change is being built");

        WriteAnew(file);
        await Poll.UntilAsync(() => Go.Notes.Count(note => note == "build") == 3, "it is built again");
        WriteAnew(file); // as a build would that writes a file itself
        Go.LetBuildsGo();

        await dev.ReadyAsync(2);
        Assert.Equal("Ahoy, Ada!", await GreetAsync());
        Replace("pkg/greeting.go", "\"Ahoy\"", "\"Hi\"");
        await dev.ReadyAsync(3);
        Assert.Equal(4, Go.Notes.Count(note => note == "build"));
    }

    [Fact]
    public async Task Every_kind_of_change_that_matters_is_seen()
    {
        var dev = await OpenAsync();
        await dev.ReadyAsync(1);

        // A new folder with its files at once.
        Write("pkg/new/deep/deep.go", "package deep\n\nconst Word = \"Deep\"\n");
        Write(
            "pkg/greeting.go", "package main\n\nimport \"example.com/hello-omniview/pkg/new/deep\"\n\nconst " +
            "greeting = deep.Word\n");
        await dev.LogAsync("generation 2");
        Assert.Equal("Deep, Ada!", await GreetAsync());

        // Saved as some editors do: written elsewhere, renamed into place.
        Write("pkg/new/deep/.deep.go.new", "package deep\n\nconst Word = \"Renamed\"\n");
        File.Move(
            Path.Combine(Project, "pkg/new/deep/.deep.go.new"),
            Path.Combine(Project, "pkg/new/deep/deep.go"),
            overwrite: true);
        await dev.LogAsync("generation 3");
        Assert.Equal("Renamed, Ada!", await GreetAsync());

        // A file that goes.
        File.Delete(Path.Combine(Project, "pkg/greeting.go"));
        await dev.ErrorAsync("GO7075");
        Write("pkg/greeting.go", "package main\n\nimport _ \"embed\"\n\n//go:embed word.txt\nvar greeting string\n");
        await dev.ErrorAsync("GO2013");

        // A file that is embedded.
        Write("pkg/word.txt", "Embedded");
        await dev.LogAsync("generation 4");
        Assert.Equal("Embedded, Ada!", await GreetAsync());
    }

    /// <summary>Without emptying it first, which would be a change.</summary>
    private static void WriteAnew(string file)
    {
        using var stream = File.Open(file, FileMode.Open, FileAccess.ReadWrite);
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        stream.Position = 0;
        stream.Write(content);
    }
}
