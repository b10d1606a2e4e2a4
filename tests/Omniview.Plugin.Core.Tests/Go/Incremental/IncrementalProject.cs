using Omniview.Plugin.Core.Go.Building;
using Omniview.Plugin.Core.Go.Commands;
using Omniview.Plugin.Core.Go.Incremental;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Tests.Go.Incremental;

/// <summary>A program of two packages, built by go, and the builder for what comes behind that.</summary>
public abstract class IncrementalProject : IDisposable
{
    protected const string Main = """
        package main

        import (
            "fmt"

            "example.com/p/pkg/words"
        )

        func main() { fmt.Println(words.Greeting, words.Count("a")) }
        """;

    protected const string Words = """
        package words

        const Greeting = "hello"

        func Count(text string) int {
            defer func() {}()
            counted := 0
            for range text {
                counted++
            }
            return counted
        }
        """;

    private protected GoProject Project { get; } = new();
    private protected GoBuildRequest? Request { get; private set; }

    private protected IncrementalBuilder? Builder { get; private set; }

    protected IncrementalProject()
    {
        Project.Write("pkg/main.go", Main);
        Project.Write("pkg/words/words.go", Words);
    }

    protected string Program => Project.Output;

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        Builder?.Dispose();
        var left = new[] { Project["tmp"], Project["build/bin"] }.Where(Directory.Exists) // not of a test left out
            .SelectMany(Directory.EnumerateFileSystemEntries).Where(entry => entry != Program).ToList();
        Project.Dispose();
        Assert.True(left.Count == 0, $"These were left behind:\n{string.Join('\n', left)}");
    }

    private protected async Task PrepareAsync(Func<GoBuildRequest, GoBuildRequest>? with = null)
    {
        Builder?.Dispose();
        Directory.CreateDirectory(Project["tmp"]);
        var request = (with ?? (request => request))(await Project.RequestAsync());
        Request = request with
        {
            Environment = new Dictionary<string, string?>(request.Environment) { ["GOTMPDIR"] = Project["tmp"] },
        };
        var begun = DateTimeOffset.UtcNow;
        await GoBuildAsync();
        do
        {
            Builder?.Dispose();
            var listing = await GoLister.ListAsync(Request, Project["tmp"], GoProject.Cancellation);
            Builder = await IncrementalBuilder.PrepareAsync(
                Request, begun, listing!, Project["tmp"], GoProject.Cancellation);
            Assert.NotNull(Builder);
        }
        while (Builder.SettlesIn is not null);
    }

    protected void Edit(string file, string from, string to)
    {
        var text = File.ReadAllText(Project[file]);
        Assert.Contains(from, text, StringComparison.Ordinal);
        Project.Write(file, text.Replace(from, to, StringComparison.Ordinal));
    }

    private protected Task<GoBuildResult?> BuildAsync() =>
        Builder!.BuildAsync(Project.Lines.Add, GoProject.Cancellation);

    protected async Task GoBuildAsync()
    {
        var built = await Project.BuildAsync(Request!);
        Assert.True(built.Success, string.Join('\n', built.Diagnostics));
    }

    protected string Keep()
    {
        File.Copy(Program, Project["kept"], overwrite: true);
        return Project["kept"];
    }

    protected async Task<string> RunAsync() =>
        (await ToolRunner.CaptureAsync(new ProcessSpec(Program, [], Project.Path), GoProject.Cancellation)).Output;

}
