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
    [NotInWine("it makes no symbolic links")]
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
