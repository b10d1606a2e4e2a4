using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class BuildingOnSave : WatchedGoScratch
{
    [Fact]
    public async Task A_broken_save_keeps_the_plugin_and_says_so_until_it_is_mended()
    {
        var dev = await OpenAsync();
        var first = await dev.ReadyAsync(1);

        Replace("pkg/greeting.go", "\"Hello\"", "missing");
        var problem = await dev.ErrorAsync("GO7075");
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
