using Omniview.Plugin.Core.Watching;

namespace Omniview.Plugin.Core.Tests.Watching;

public sealed class SourceWatcherTests : IDisposable
{
    private readonly WatchedProject _project = new();

    public SourceWatcherTests() => _project.Write("pkg/main.go");

    [Fact]
    public async Task A_write_a_creation_and_a_deletion_are_reported()
    {
        _project.Write("pkg/old.go");
        _project.Write("go.mod");
        _project.Watch();

        _project.Write("pkg/main.go", "y");
        await _project.ReportedAsync("pkg/main.go");
        _project.Write("pkg/new.go");
        await _project.ReportedAsync("pkg/new.go");
        File.Delete(_project["pkg/old.go"]);
        await _project.ReportedAsync("pkg/old.go");
        _project.Write("go.mod", "y");
        await _project.ReportedAsync("go.mod");
        _project.Write("plugin.yaml", "y");
        await _project.ReportedAsync("plugin.yaml");
    }

    [Fact]
    public async Task A_save_by_rename_is_a_change_of_the_file_and_of_nothing_else()
    {
        _project.Watch();

        File.Move(_project.Write("pkg/.main.go.123"), _project["pkg/main.go"], overwrite: true);

        Assert.Equal(["pkg/main.go"], await _project.ReportedSoFarAsync());
    }

    [Fact]
    public async Task What_cannot_change_the_backend_is_silent()
    {
        Directory.CreateDirectory(_project["ui/node_modules/a"]);
        _project.Watch();

        foreach (var file in new[]
        {
            "ui/src/App.tsx", "ui/node_modules/a/index.js", "ui/node_modules/b/index.js", "node_modules/c/c.go",
            "pkg/node_modules/d.go",
            "build/bin/plugin", "obj/project.assets.json", ".git/index", ".idea/workspace.xml", "README.md",
            "pkg/main_test.go",
            "pkg/.main.go.swp", "pkg/4913", "pkg/main.go~", "pkg/#main.go#", "pkg/main.go.tmp",
            "pkg/main.go___jb_tmp___", "pkg/main.go___jb_old___",
        })
        {
            _project.Write(file);
            File.Delete(_project[file]);
        }

        Assert.Empty(await _project.ReportedSoFarAsync());
    }

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
    public async Task The_projects_path_may_end_in_a_separator()
    {
        using var watcher = new SourceWatcher(_project.Path + Path.DirectorySeparatorChar);

        var file = _project.Write("internal/x.go");

        await foreach (var path in watcher.Changes.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            if (path == file)
            {
                break;
            }
        }
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(3, true)]
    [InlineData(60, false)] // more folders than get a watch each
    public async Task Files_that_are_named_count_and_nothing_beside_them(int count, bool polling)
    {
        List<string> named = [
            "notes.txt", ".hidden/words.txt", .. Enumerable.Range(0, count).Select(i => $"ui/words/{i % 7}/{i}/w.txt")];
        using var project = new WatchedProject(polling, [.. named]);
        project.Write("pkg/main.go");
        named.ForEach(file => project.Write(file));
        project.Watch();

        foreach (var file in named)
        {
            project.Write(Path.Combine(Path.GetDirectoryName(file)!, "other.txt"), "y");
            File.Move(project.Write($"{file}.new", "longer"), project[file], overwrite: true);
            await project.ReportedAsync(file);
        }

        // A file that was written when the polling began is looked at twice: its time could not tell.
        Assert.Equal(
            named.Order(),
            (await project.ReportedSoFarAsync()).Where(file => !polling || file != "pkg/main.go").Order());
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

    [Fact]
    public void The_files_there_are_now_are_those_that_matter()
    {
        foreach (
            var file in new[]
            {
                "go.mod",
                "main.go",
                "notes.txt",
                "pkg/a/x.go",
                "pkg/a/logo.png",
                "pkg/.hidden/x.go",
                "pkg/x_test.go",
                "ui/src/a.ts",
                "build/x.go",
            })
        {
            _project.Write(file);
        }

        File.CreateSymbolicLink(_project["pkg/link.go"], _project["main.go"]);
        // go does not follow links to folders either
        Directory.CreateSymbolicLink(_project["pkg/loop"], _project["pkg"]);

        Assert.Equal(
            ["go.mod", "main.go", "pkg/a/x.go", "pkg/link.go", "pkg/main.go"],
            _project
                .Watcher.CurrentFiles()
                .Select(file => Path.GetRelativePath(_project.Path, file))
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Changes_end_when_it_is_disposed()
    {
        _project.Watcher.Dispose();
        _project.Watcher.Dispose();
        _project.Write("pkg/x.go");

        await _project.Watcher.Changes.Completion;
    }

    public void Dispose() => _project.Dispose();
}
