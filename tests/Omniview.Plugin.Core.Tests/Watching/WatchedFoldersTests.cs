namespace Omniview.Plugin.Core.Tests.Watching;

/// <summary>Folders that come, go and change places.</summary>
public sealed class WatchedFoldersTests : IDisposable
{
    private readonly WatchedProject _project = new();

    public WatchedFoldersTests() => _project.Write("pkg/main.go");

    public void Dispose() => _project.Dispose();

    [Fact]
    public async Task Every_file_of_a_burst_of_new_folders_is_noticed()
    {
        _project.Watch();

        for (var i = 0; i < 100; i++)
        {
            _project.Write($"pkg/n{i}/b/c/x.go");
            _project.Write($"top{i % 5}/n{i}/c/x.go");
        }

        for (var i = 0; i < 100; i++)
        {
            await _project.ReportedAsync($"pkg/n{i}/b/c/x.go");
            await _project.ReportedAsync($"top{i % 5}/n{i}/c/x.go");
        }
    }

    [Fact]
    public async Task New_folders_are_watched_from_then_on()
    {
        _project.Watch();
        _project.Write("pkg/a/b/x.go");
        _project.Write("internal/a/b/x.go");
        await _project.ReportedAsync("pkg/a/b/x.go");
        await _project.ReportedAsync("internal/a/b/x.go");

        _project.Write("pkg/a/b/later.go");
        _project.Write("internal/a/b/later.go");

        await _project.ReportedAsync("pkg/a/b/later.go");
        await _project.ReportedAsync("internal/a/b/later.go");
    }

    [Fact]
    public async Task Folders_that_are_gone_before_one_can_look_do_no_harm()
    {
        _project.Watch();

        for (var i = 0; i < 300; i++)
        {
            var folder = i % 10 == 0 ? $"brief{i}" : $"pkg/brief{i}"; // a folder of the root costs an inotify instance
            Directory.CreateDirectory(_project[$"{folder}/a"]);
            Directory.Delete(_project[folder], recursive: true);
        }

        _project.Write("pkg/after.go");
        await _project.ReportedAsync("pkg/after.go");
        _project.Write("after/x.go");
        await _project.ReportedAsync("after/x.go");
    }

    [Theory]
    [InlineData("pkg/old", "pkg/new")]
    [InlineData("old", "new")]
    [NotInWine("its watcher goes on telling the old name of a folder")]
    public async Task A_renamed_folder_is_its_files_gone_and_come(string from, string to)
    {
        _project.Write($"{from}/x.go");
        _project.Watch();

        Directory.Move(_project[from], _project[to]);
        await _project.ReportedAsync(from);
        await _project.ReportedAsync($"{to}/x.go");

        _project.Write($"{to}/y.go");
        await _project.ReportedAsync($"{to}/y.go");
        _project.Write($"{from}/z.go");
        await _project.ReportedAsync($"{from}/z.go");
        Assert.DoesNotContain($"{from}/y.go", await _project.ReportedSoFarAsync());
    }

    [Theory]
    [InlineData("pkg/part")]
    [InlineData("part")]
    public async Task A_folder_moved_out_of_the_project_and_back_is_noticed_both_times(string folder)
    {
        using var elsewhere = new TempFolder();
        _project.Write($"{folder}/x.go");
        _project.Watch();

        Directory.Move(_project[folder], elsewhere["part"]);
        await _project.ReportedAsync(folder);
        Assert.DoesNotContain(_project[$"{folder}/x.go"], _project.Watcher.CurrentFiles());

        Directory.Move(elsewhere["part"], _project[folder]);
        await _project.ReportedAsync($"{folder}/x.go");
        _project.Write($"{folder}/y.go");
        await _project.ReportedAsync($"{folder}/y.go");
    }

    [Theory]
    [InlineData("pkg")]
    [InlineData("pkg/part")]
    public async Task A_folder_that_was_deleted_and_made_again_is_watched_again(string folder)
    {
        _project.Write($"{folder}/x.go");
        _project.Watch();

        for (var i = 0; i < 20; i++)
        {
            Directory.Delete(_project[folder], recursive: true);
            _project.Write($"{folder}/again{i}.go");
            await _project.ReportedAsync($"{folder}/again{i}.go");
            _project.Write($"{folder}/later{i}.go");
            await _project.ReportedAsync($"{folder}/later{i}.go");
        }
    }
}
