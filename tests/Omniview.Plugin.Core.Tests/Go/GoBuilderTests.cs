using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Go.Building;
using Omniview.Plugin.Core.Go.Toolchain;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Tests.Go;

/// <summary>Real builds.</summary>
public sealed class GoBuilderTests : IDisposable
{
    private readonly GoProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public async Task Builds_a_program_that_runs_and_leaves_nothing_else()
    {
        _project.Write("pkg/main.go", GoProject.Main);

        var result = await _project.BuildAsync();

        Assert.Empty(result.Diagnostics);
        Assert.True(result.Success);
        Assert.Equal([_project.Output], Directory.EnumerateFileSystemEntries(_project["build/bin"]));
        Assert.True(
            OperatingSystem.IsWindows() || File.GetUnixFileMode(_project.Output) == (UnixFileMode)0b111_101_101);
        var said = new List<OutputLine>();
        Assert.Equal(
            0,
            await ToolRunner.RunAsync(
                new ProcessSpec(_project.Output, [], _project.Path), said.Add, GoProject.Cancellation));
        Assert.Equal([new OutputLine("hello", IsError: true)], said);
    }

    [Fact]
    public async Task Keeps_the_program_while_the_sources_are_broken()
    {
        _project.Write("pkg/main.go", GoProject.Main);
        await _project.BuildAsync();
        var first = await File.ReadAllBytesAsync(_project.Output, GoProject.Cancellation);

        _project.Write("pkg/main.go", "package main\n\nfunc main() {\n");
        var problem = await _project.FailAsync(await _project.RequestAsync());
        Assert.Equal("syntax error: unexpected EOF, expected }", problem.Message);
        Assert.Equal(first, await File.ReadAllBytesAsync(_project.Output, GoProject.Cancellation));

        _project.Write("pkg/main.go", GoProject.Main.Replace("hello", "goodbye", StringComparison.Ordinal));
        Assert.True((await _project.BuildAsync()).Success);
        Assert.NotEqual(first, await File.ReadAllBytesAsync(_project.Output, GoProject.Cancellation));
    }

    [Fact]
    public async Task Does_not_link_or_touch_a_program_that_is_up_to_date()
    {
        _project.Write("pkg/main.go", GoProject.Main);
        var request = await _project.RequestAsync() with { Options = new() { ExtraArguments = ["-x"] } };
        await _project.BuildAsync(request);
        Assert.Contains(_project.Lines, IsLink);
        var built = new DateTime(2020, 2, 2, 2, 2, 2, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(_project.Output, built);
        _project.Lines.Clear();

        Assert.True((await _project.BuildAsync(request)).Success);

        Assert.DoesNotContain(_project.Lines, IsLink);
        Assert.Equal(built, File.GetLastWriteTimeUtc(_project.Output));

        // go quotes the path of the linker when it holds a space
        static bool IsLink(OutputLine line) => Regex.IsMatch(line.Text, @"link(\.exe)?[""']? -o ");
    }

    [Fact]
    [NotInWine("it replaces no open file in one step (FileRenameInfoEx is error 87)")]
    public async Task Shows_whole_programs_only()
    {
        _project.Write("pkg/main.go", GoProject.Main);
        await _project.BuildAsync();
        var whole = new HashSet<string> { Hash() };
        var request = await _project.RequestAsync();
        if (Directory.Exists("/dev/shm"))
        {
            // another file system: go must copy
            request = request with { Environment = new Dictionary<string, string?> { ["GOTMPDIR"] = "/dev/shm" } };
        }

        using var done = new CancellationTokenSource();
        var observer = Task.Run(() =>
        {
            var seen = new HashSet<string>();
            while (!done.IsCancellationRequested)
            {
                seen.Add(Hash());
            }

            return seen;
        });

        for (var i = 0; i < 4; i++)
        {
            _project.Write("pkg/main.go", GoProject.Main.Replace("hello", $"hello {i}", StringComparison.Ordinal));
            Assert.True((await _project.BuildAsync(request)).Success);
            whole.Add(Hash());
        }

        await done.CancelAsync();
        Assert.Subset(whole, await observer);
        Assert.Equal(5, whole.Count);

        string Hash() =>
            Convert.ToHexString(SHA256.HashData(RegularFile.ReadAllBytes(_project.Output, 100_000_000)));
    }

    [Theory]
    [InlineData("win-x64", "PE", "amd64")]
    [InlineData("osx-arm64", "Mach-O", "arm64")]
    [InlineData("linux-arm64", "ELF", "arm64")]
    public async Task Builds_for_other_systems(string identifier, string format, string goarch)
    {
        _project.Write("pkg/main.go", GoProject.Main);

        Assert.True((await _project.BuildAsync(
            await _project.RequestAsync() with { Target = GoTarget.FromRuntimeIdentifier(identifier) })).Success);

        Assert.Equal(new GoProgram(format, goarch), GoProgram.Read(_project.Output));
    }

    [Fact]
    public async Task Accepts_the_system_the_authors_environment_asks_for()
    {
        _project.Write("pkg/main.go", GoProject.Main);
        var environment = new Dictionary<string, string?> { ["GOOS"] = "windows", ["GOARCH"] = "386" };

        Assert.True((await _project.BuildAsync(
            await _project.RequestAsync() with { Environment = environment })).Success);

        Assert.Equal(new GoProgram("PE", "386"), GoProgram.Read(_project.Output));
    }
}
