using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

/// <summary>Alone, because it takes most of what a user has of inotify.</summary>
[CollectionDefinition(DisableParallelization = true)]
[Collection(typeof(ServingManyPlugins))]
public sealed class ServingManyPlugins : HostScratch
{
    [Fact]
    public async Task Fifty_plugins_are_served_side_by_side()
    {
        // What counts here is the number, so all have the same program, built once.
        var go = FakeTool("go", """
            [ "$1" = build ] || exec go "$@"
            here=$(dirname "$0")
            while [ "$1" != -o ]; do shift; done
            [ -e "$here/kept" ] \
              || flock "$here/lock" sh -c '[ -e "$0/kept" ] || go build -o "$0/kept" ./pkg' "$here" || exit
            cp "$here/kept" "$2"
            """);
        var projects = Enumerable.Range(0, 50).Select(
            number => (Id: $"one-of-{number}", Folder: Path.Combine(Root, $"p{number}"))).ToList();
        foreach (var (id, folder) in projects)
        {
            Plugins.CopyBackend(folder);
            Plugins.WriteManifest(folder, "resource", id);
            var main = Path.Combine(folder, "pkg/main.go");
            var text = await File.ReadAllTextAsync(main, Cancellation);
            await File.WriteAllTextAsync(
                main,
                text.Replace(
                        "const pluginID = \"hello-omniview\"",
                        "var pluginID = os.Getenv(\"OMNIVIEW\")",
                        StringComparison.Ordinal)
                    .Replace("\t\"log\"", "\t\"log\"\n\t\"os\"", StringComparison.Ordinal),
                Cancellation);
        }

        var loops = await Task.WhenAll(projects.Select(
            project => OpenAsync(Settings(project.Folder) with { Go = new() { ToolPath = go } })));
        await Task.WhenAll(loops.Select(loop => loop.ReadyAsync(1)));

        Assert.Single(Processes(" host --state-dir "));
        Assert.Equal(50, RunningPlugins().Count);
        foreach (var (id, _) in projects)
        {
            Assert.Equal(
                "Hello, Ada!", await Greeter.GreetAsync(Path.Combine(State, "plugins", id, ".devinfo"), "Ada"));
        }

        await Task.WhenAll(loops.Select(loop => loop.Session.EndAsync()));
        await AssertNothingIsLeftAsync();
    }
}
