using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

/// <summary>Changes of which the system tells nothing, or of something else than a file in the project.</summary>
public sealed class SeeingEveryChange : HostScratch
{
    private string Lib => Path.Combine(Root, "lib");

    public override ValueTask InitializeAsync()
    {
        Plugins.CopyBackend(Project);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_pipe_among_the_sources_is_passed_over()
    {
        Directory.CreateDirectory(Path.Combine(Project, "run"));
        await Start("mkfifo", Path.Combine(Project, "run/control.pipe")).ExitAsync();
        File.CreateSymbolicLink(Path.Combine(Project, "run/zero.h"), "/dev/zero");
        File.CreateSymbolicLink(Path.Combine(Project, "run/pipe.s"), "control.pipe");

        var dev = await OpenAsync();
        await dev.ReadyAsync(1);
        Replace("pkg/greeting.go", "\"Hello\"", "\"Ahoy\"");
        await dev.ReadyAsync(2);

        await dev.Session.EndAsync();
    }

    [Fact]
    public async Task What_go_does_not_name_keeps_no_build_from_its_end_however_often_it_is_written()
    {
        using var stop = new CancellationTokenSource();
        var log = Write("logs/x.log", "");
        var writing = Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    await File.AppendAllTextAsync(log, "x\n", Cancellation);
                }
            },
            Cancellation);

        var dev = await OpenAsync();
        await dev.ReadyAsync(1);
        await dev.RestAsync();
        await stop.CancelAsync();
        await writing;

        Assert.DoesNotContain(
            await dev.Host.GetBuildsAsync(Plugins.Id, Cancellation), build => build.Result == "superseded");
    }

    [Fact]
    public async Task A_source_that_is_always_written_keeps_none_either()
    {
        var dev = await OpenAsync();
        await dev.ReadyAsync(1);
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(
            async () =>
            {
                for (var number = 0; !stop.IsCancellationRequested; number++)
                {
                    var file = Path.Combine(Project, "pkg/busy.go");
                    await File.WriteAllTextAsync(
                        file + ".new",
                        $"package main\n\nvar busy = {number}\n\nfunc init() {{ _ = busy }}\n",
                        Cancellation);
                    File.Move(file + ".new", file, overwrite: true);
                }
            },
            Cancellation);

        await dev.StateAsync(state => state is { Generation: >= 2 });
        await stop.CancelAsync();
        await writing;
    }

    [Fact]
    public async Task The_folder_of_a_replaced_module_that_goes_and_comes_back_is_watched_again()
    {
        UseLib();
        var dev = await OpenAsync();
        await dev.ReadyAsync(1);
        await dev.RestAsync();

        Directory.Move(Lib, Lib + "-away");
        WriteLib(Lib, "second");
        Directory.Delete(Lib + "-away", recursive: true);
        await dev.ReadyAsync(2);
        Assert.Equal("second, Ada!", await GreetAsync());

        WriteLib(Lib, "third");
        await dev.ReadyAsync(3);
        Assert.Equal("third, Ada!", await GreetAsync());
    }

    [Fact]
    public async Task A_workspace_that_appears_above_and_goes_decides_where_packages_come_from()
    {
        UseLib();
        WriteLib(Path.Combine(Root, "other"), "other");
        var dev = await OpenAsync();
        await dev.ReadyAsync(1);
        await dev.RestAsync();

        var work = Plugins.Write(Root, "go.work", $"go 1.25\n\nuse (\n\t./{Path.GetFileName(Project)}\n\t./other\n)\n");
        await dev.ReadyAsync(2);
        Assert.Equal("other, Ada!", await GreetAsync());
        await dev.RestAsync();
        File.Delete(work);
        await dev.ReadyAsync(3);
        Assert.Equal("first, Ada!", await GreetAsync());
    }

    [Fact]
    public async Task A_go_mod_below_a_package_takes_it_out_of_its_module()
    {
        var dev = await OpenAsync();
        await dev.ReadyAsync(1);
        await dev.RestAsync();

        Write("pkg/wire/go.mod", "module example.com/wire\n\ngo 1.25\n");

        await dev.ErrorsAsync(errors => errors.Count > 0);
    }

    [Fact]
    public async Task What_a_source_is_a_link_to_is_the_source()
    {
        var shared = Plugins.Write(
            Root,
            "shared/greeting.go",
            await File.ReadAllTextAsync(Path.Combine(Project, "pkg/greeting.go"), Cancellation));
        File.Delete(Path.Combine(Project, "pkg/greeting.go"));
        File.CreateSymbolicLink(Path.Combine(Project, "pkg/greeting.go"), shared);
        var dev = await OpenAsync();
        await dev.ReadyAsync(1);
        await dev.RestAsync();

        await File.WriteAllTextAsync(
            shared,
            (await File.ReadAllTextAsync(shared, Cancellation)).Replace(
                "\"Hello\"",
                "\"Linked\"",
                StringComparison.Ordinal),
            Cancellation);

        await dev.ReadyAsync(2);
        Assert.Equal("Linked, Ada!", await GreetAsync());
    }

    [Fact]
    public async Task Another_folder_at_the_projects_path_is_the_project()
    {
        var (one, two, link) = (Path.Combine(Root, "one"), Path.Combine(Root, "two"), Path.Combine(Root, "link"));
        Plugins.CopyBackend(one);
        Plugins.CopyBackend(two);
        Plugins.Write(two, "pkg/greeting.go", "package main\n\nvar greeting = \"two\"\n");
        File.CreateSymbolicLink(link, one);
        var dev = await OpenAsync(Settings(link));
        await dev.ReadyAsync(1);
        await dev.RestAsync();

        File.CreateSymbolicLink(link + "2", two);
        // rename(2): .NET follows the link
        Assert.Equal(0, await Start("mv", "-T", link + "2", link).ExitAsync());
        await dev.ReadyAsync(2);
        Assert.Equal("two, Ada!", await GreetAsync());
        await dev.RestAsync();

        Plugins.Write(one, "pkg/greeting.go", "package main\n\nvar greeting = \"nobody\"\n");
        Plugins.Write(two, "pkg/greeting.go", "package main\n\nvar greeting = \"seen\"\n");
        await dev.ReadyAsync(3);
        Assert.Equal("seen, Ada!", await GreetAsync());
    }

    private void UseLib()
    {
        WriteLib(Lib, "first");
        Write(
            "go.mod", File.ReadAllText(Path.Combine(Project, "go.mod")) + "\nrequire example.com/lib " +
            "v0.0.0\n\nreplace example.com/lib => ../lib\n");
        Write("pkg/greeting.go", "package main\n\nimport \"example.com/lib\"\n\nvar greeting = lib.Name()\n");
    }

    private static void WriteLib(string folder, string name)
    {
        Plugins.Write(folder, "go.mod", "module example.com/lib\n\ngo 1.25\n");
        Plugins.Write(folder, "lib.go", $"package lib\n\n//go:noinline\nfunc Name() string {{ return \"{name}\" }}\n");
    }
}
