using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class BuildingOnSave : HostScratch
{
    private WatchedGo Go => field ??= new WatchedGo(Path.Combine(Root, "fakes"));

    // All builds are go's, so that all of them are noted.
    private DevSettings WithWatchedGo =>
        Settings(Project) with { Go = new() { ToolPath = FakeTool("go", WatchedGo.Script), Incremental = false } };

    public override ValueTask InitializeAsync()
    {
        Plugins.CopyBackend(Project);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_broken_save_keeps_the_plugin_and_says_so_until_it_is_mended()
    {
        var dev = await OpenAsync();
        var first = await dev.ReadyAsync(1);

        Replace("pkg/greeting.go", "\"Hello\"", "missing");
        var problem = await dev.ErrorAsync("GOUndeclaredName");
        var stale = await dev.StateAsync(state => state.GoStatus == ProcessStatus.Error);
        await dev.LogAsync("generation 1 keeps running");

        Assert.Equal((Path.Combine(Project, "pkg/greeting.go"), 4, 18), (problem.File, problem.Line, problem.Column));
        Assert.Equal(
            (first.PluginPid, 1, true, true, problem.Message),
            (stale.PluginPid, stale.Generation, stale.Stale, stale.GrpcConnected, stale.LastError));
        Assert.Equal("build failed", stale.StaleReason);
        Assert.Equal(ProcessStatus.Error, stale.Status);
        Assert.Equal("Hello, Ada!", await GreetAsync());
        Assert.Equal(
            problem.ToDiagnostic(),
            Assert.Single(await dev.Host.GetErrorsAsync(Plugins.Id, Cancellation)).ToDiagnostic());

        Replace("pkg/greeting.go", "missing", "\"Mended\"");
        await dev.ErrorsAsync(errors => errors.Count == 0);
        var mended = await dev.ReadyAsync(2);

        Assert.Equal((2, false, ""), (mended.Generation, mended.Stale, mended.LastError));
        Assert.Equal("Mended, Ada!", await GreetAsync());
    }

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
    public async Task A_burst_of_saves_is_one_swap()
    {
        var dev = await OpenAsync();
        await dev.ReadyAsync(1);

        for (var i = 0; i < 10; i++)
        {
            Write($"pkg/part{i}.go", $"package main\n\nvar part{i} = {i}\n");
            Write("pkg/greeting.go", $"package main\n\nvar greeting = \"Hello {i}\"\n");
        }

        await dev.LogAsync("generation 2");
        Assert.Equal("Hello 9, Ada!", await GreetAsync());

        Write("pkg/greeting.go", "package main\n\nvar greeting = \"Bye\"\n");
        await dev.LogAsync("generation 3");
        Assert.Equal("Bye, Ada!", await GreetAsync());
    }

    [Fact]
    public async Task A_save_during_a_build_ends_that_and_starts_over_and_there_are_never_two()
    {
        var dev = await OpenAsync(WithWatchedGo);
        await dev.ReadyAsync(1);
        Go.HoldBuilds();

        foreach (var greeting in new[] { "One", "Two", "Three" })
        {
            // In one step: a file that is emptied and then written is two changes, and of many one is let through.
            File.Move(
                Write("pkg/.saved", $"package main\n\nconst greeting = \"{greeting}\"\n"),
                Path.Combine(Project, "pkg/greeting.go"),
                overwrite: true);
            await dev.LogAsync(WatchedGo.Waiting);
        }

        Go.LetBuildsGo();
        var ready = await dev.ReadyAsync(2);

        Assert.Equal(2, ready.Generation);
        Assert.Equal("Three, Ada!", await GreetAsync());
        Assert.Equal(["build", "built", "build", "build", "build", "built"], Go.Notes);
        Assert.DoesNotContain(dev.States, state => state.GoStatus == ProcessStatus.Error);
    }

    [Fact]
    public async Task Rebuilds_asked_for_at_once_never_overlap_and_leave_vite_and_an_unchanged_plugin_alone()
    {
        var dev = await OpenAsync(WithWatchedGo);
        var first = await dev.ReadyAsync(1);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => dev.Host.RebuildAsync(Plugins.Id, Cancellation)));
        await dev.LogAsync("unchanged");
        Replace("pkg/greeting.go", "\"Hello\"", "\"Ahoy\"");
        await dev.ReadyAsync(2);

        Assert.All(answers, state => Assert.Equal(first.PluginPid, state.PluginPid));
        Assert.DoesNotContain("overlap", Go.Notes);
    }

    [Fact]
    public async Task A_stop_right_after_a_save_builds_nothing_more()
    {
        await KeepHostAsync();
        for (var round = 0; round < 5; round++)
        {
            var dev = await OpenAsync(WithWatchedGo);
            await dev.ReadyAsync(1);
            Write("pkg/greeting.go", $"package main\n\nconst greeting = \"Hello {round}\"\n");

            await dev.Host.EndSessionAsync(dev.Session.Started.SessionId, Cancellation);
            var notes = Go.Notes;
            await dev.Ended;
            await dev.DisposeAsync();
            Assert.Empty(Processes("fakes/go"));

            Go.HoldBuilds(); // the next one would have to wait, and be noted
            await using var later = await OpenAsync(WithWatchedGo);
            await later.LogAsync(WatchedGo.Waiting);
            Assert.Equal([.. notes, "build"], Go.Notes);
            Go.LetBuildsGo();
        }
    }

    [Fact]
    public async Task A_stop_during_a_build_leaves_no_compiler()
    {
        var cache = Path.Combine(Root, "an empty build cache");
        var dev = await OpenAsync(
            Settings(Project) with
            {
                Go = new() { Environment = new Dictionary<string, string> { ["GOCACHE"] = cache } },
            });
        await Poll.UntilAsync(() => Processes("/compile ").Count > 0, "go compiles");

        await dev.Host.EndSessionAsync(dev.Session.Started.SessionId, Cancellation);

        Assert.All(Processes(""), process => Assert.True(BelongsToHost(process), process));
        await dev.Ended;
        Assert.Empty(dev.Errors);
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
        await dev.ErrorAsync("GOUndeclaredName");
        Write("pkg/greeting.go", "package main\n\nimport _ \"embed\"\n\n//go:embed word.txt\nvar greeting string\n");
        await dev.ErrorAsync("GO2013");

        // A file that is embedded.
        Write("pkg/word.txt", "Embedded");
        await dev.LogAsync("generation 4");
        Assert.Equal("Embedded, Ada!", await GreetAsync());
    }

    [Fact]
    public async Task A_go_that_is_not_there_is_a_problem_and_not_the_end()
    {
        var dev = await OpenAsync(
            Settings(Project) with { Go = new() { ToolPath = Path.Combine(Root, "nowhere/go") } });

        var problem = await dev.ErrorAsync(DiagnosticCodes.GoNotFound);
        var state = await dev.StateAsync(state => state.GoStatus == ProcessStatus.Error);

        Assert.Equal(problem.Message, state.LastError);
        var host = dev.Host;
        Assert.Equal(ProcessStatus.Error, (await host.GetStateAsync(Plugins.Id, Cancellation)).Status);
    }
}
