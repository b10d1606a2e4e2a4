using Omniview.Plugin.Core.Go.Building;

namespace Omniview.Plugin.Core.Tests.Watching;

/// <summary>A watcher that knows what the program is made of.</summary>
public sealed class FollowingAProgram : IDisposable
{
    private readonly WatchedProject _project = new();
    private readonly TempFolder _beside = new();

    public FollowingAProgram()
    {
        _project.Write("pkg/main.go");
        _project.Write("internal/unused/x.go");
    }

    public void Dispose()
    {
        _project.Dispose();
        _beside.Dispose();
    }

    [Fact]
    public async Task What_is_no_part_of_it_is_silent()
    {
        _project.Watch();
        Follow([_project["pkg"]]);

        _project.Write("internal/unused/x.go", "changed");
        _project.Write("pkg/README.md");
        _project.Write("tools/new.go");
        _project.Write("pkg/new.go");

        Assert.Equal(["pkg/new.go"], await ReportedAsync());
    }

    [Fact]
    public async Task Folders_of_other_modules_are_watched_with_their_go_mod()
    {
        var package = Path.GetDirectoryName(_beside.Write("b/b.go", "x"))!;
        var module = _beside.Write("go.mod", "x");
        _project.Watch();
        Follow([_project["pkg"], package], modules: [module]);

        _beside.Write("b/b.go", "changed");
        await _project.ReportedAsync(Relative("b/b.go"));
        _beside.Write("b/new.go", "x");
        await _project.ReportedAsync(Relative("b/new.go"));
        _beside.Write("go.mod", "changed");
        await _project.ReportedAsync(Relative("go.mod"));

        _beside.Write("other/x.go", "x");
        Assert.Empty(await ReportedAsync());
    }

    [Fact]
    [NotInWine("its watcher of a folder with all below is deaf to the folders that were there")]
    public async Task So_many_folders_of_another_module_cost_one_watch()
    {
        List<string> folders = [
            .. Enumerable.Range(0, 100).Select(i => Path.GetDirectoryName(_beside.Write($"n{i}/x.go", "x"))!)];
        var module = _beside.Write("go.mod", "x");
        var before = InotifyInstances();
        _project.Watch();
        Follow([_project["pkg"], .. folders], modules: [module]);

        _beside.Write("n77/x.go", "changed");
        await _project.ReportedAsync(Relative("n77/x.go"));

        Assert.SkipUnless(OperatingSystem.IsLinux(), "the rest is about inotify");
        Assert.InRange(InotifyInstances() - before, 1, 60); // other tests run beside this one
    }

    [Fact]
    [NotInWine("its watcher of a folder with all below is deaf to the folders that were there")]
    public async Task What_it_embeds_is_watched_with_what_comes_to_be_embedded()
    {
        var assets = _beside.Write("web/deep/a.html", "x");
        _project.Watch();
        Follow([_project["pkg"]], embedded: [assets], embedFolders: [_beside["web"]]);

        _beside.Write("web/deep/a.html", "changed");
        await _project.ReportedAsync(Relative("web/deep/a.html"));
        _beside.Write("web/other/b.html", "x");
        await _project.ReportedAsync(Relative("web/other/b.html"));
    }

    [Fact]
    [NotInWine("its watcher goes on in the folder made in the place of its own")]
    public async Task A_folder_of_it_that_goes_and_comes_back_is_noticed_both_times()
    {
        _project.Write("internal/used/x.go");
        _project.Watch();
        Follow([_project["pkg"], _project["internal/used"]]);

        Directory.Delete(_project["internal"], recursive: true);
        await _project.ReportedAsync("internal");
        _project.Write("internal/used/x.go", "again");
        await _project.ReportedAsync("internal/used/x.go");
    }

    [Fact]
    public async Task A_folder_that_another_took_the_place_of_is_watched_again()
    {
        var package = Path.GetDirectoryName(_beside.Write("lib/x.go", "x"))!;
        _project.Watch();
        Follow([_project["pkg"], package]);

        Directory.Move(package, _beside["away"]);
        _beside.Write("lib/x.go", "second");
        _project.Watcher.LookAgain();
        await _project.ReportedAsync(Relative("lib/x.go"));
        Assert.Empty(await ReportedAsync("lib/y.go"));
        _beside.Write("lib/y.go", "third");
        await _project.ReportedAsync(Relative("lib/y.go"));
    }

    [Fact]
    public async Task A_file_that_comes_to_be_where_nobody_watches_is_seen_when_it_is_looked_at_again()
    {
        _project.Watch();
        _project.Watcher.Follow(
            new GoSourceSet(new HashSet<string> { _project["pkg"] }, new HashSet<string>(), [], new HashSet<string>())
            {
                Places = new HashSet<string> { _beside["go.work"] },
            });

        _beside.Write("go.work", "go 1.25");
        _project.Watcher.LookAgain();
        await _project.ReportedAsync(Relative("go.work"));
        _project.Watcher.LookAgain();
        Assert.Empty(await ReportedAsync());
    }

    [Fact]
    [NotInWine("its watcher of a folder with all below is deaf to the folders that were there")]
    public async Task When_it_is_no_longer_known_every_possible_source_counts_again()
    {
        _project.Watch();
        Follow([_project["pkg"]]);
        _project.Watcher.Follow(null);

        _project.Write("internal/unused/x.go", "changed");

        await _project.ReportedAsync("internal/unused/x.go");
    }

    private static int InotifyInstances() =>
        OperatingSystem.IsLinux()
            ? Directory.EnumerateFiles("/proc/self/fd").Count(
                fd => new FileInfo(fd).LinkTarget?.Contains("inotify", StringComparison.Ordinal) == true)
            : 0;

    private string Relative(string file) => _project.Relative(_beside[file]);

    private void Follow(
        string[] folders, string[]? modules = null, string[]? embedded = null, string[]? embedFolders = null) =>
        _project.Watcher.Follow(new GoSourceSet(
            folders.ToHashSet(), (embedded ?? []).ToHashSet(), embedFolders ?? [], (modules ?? []).ToHashSet()));

    /// <summary>Everything since the last call: what happened before this mark comes before it.</summary>
    private async Task<IEnumerable<string>> ReportedAsync(string? only = null)
    {
        var reported = new List<string>();
        _project.Write("pkg/mark.go", Guid.NewGuid().ToString());
        while (reported.LastOrDefault() != "pkg/mark.go")
        {
            reported.Add(_project.Relative(
                await _project.Watcher.Changes.ReadAsync(TestContext.Current.CancellationToken)));
        }

        return reported
            .Distinct()
            .Where(path => only is null || path == Relative(only))
            .Where(path =>
                path != "pkg/mark.go"
                && !path.EndsWith("b.go", StringComparison.Ordinal)
                && !path.EndsWith("go.mod", StringComparison.Ordinal));
    }
}
