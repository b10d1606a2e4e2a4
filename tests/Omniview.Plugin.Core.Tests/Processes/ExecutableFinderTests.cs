using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Tests.Processes;

public sealed class ExecutableFinderTests : IDisposable
{
    private static readonly string Extension = OperatingSystem.IsWindows() ? ".exe" : "";

    private readonly TempFolder _folder = new();

    [Fact]
    public void The_first_folder_of_PATH_wins_and_well_known_ones_come_last()
    {
        var (first, second, known) = (Program("a/tool"), Program("b/tool"), Program("known/tool"));

        Assert.Equal(first, Find("a", "b"));
        Assert.Equal(second, Find("missing", "b"));
        Assert.Equal(known, Find("missing"));
    }

    [Theory]
    [InlineData("project")]
    [InlineData("project/bin")]
    [InlineData("project/../project/bin")]
    [InlineData("project/..tools")]
    public void What_a_repository_brings_along_is_passed_over(string folder)
    {
        Program($"{folder}/tool");
        var outside = Program("outside/tool");

        Assert.Equal(outside, Find(folder, "outside"));
    }

    [Fact]
    public void A_folder_beside_the_project_whose_name_begins_like_it_is_outside()
    {
        var beside = Program("project-tools/tool");

        Assert.Equal(beside, Find("project-tools"));
    }

    [Theory]
    [InlineData(".")]
    [InlineData("bin")]
    [InlineData("../bin")]
    public void Relative_entries_and_empty_ones_are_passed_over(string entry) =>
        Assert.Null(new ExecutableFinder(_folder["project"], $"{entry}::").Find("tool"));

    [Fact]
    public void Only_what_can_be_executed_counts()
    {
        _folder.Write("a/tool", "no x");
        Directory.CreateDirectory(_folder["b/tool"]);
        var real = Program("c/tool");

        Assert.Equal(real, Find("a", "b", "c"));
    }

    [Fact]
    public void Of_versions_side_by_side_the_newest_that_has_the_program_is_taken()
    {
        foreach (var version in new[] { "v9.11.2", "v22.9.0", "v22.10.0-rc.10", "v22.10.0-rc.9", "latest", "v8" })
        {
            Program($"versions/{version}/bin/tool");
        }

        Directory.CreateDirectory(_folder["versions/v24.0.0/bin"]);
        string? Newest() => new ExecutableFinder(_folder["project"], "").Find("tool", _folder["versions/*/bin"]);

        Assert.Equal(_folder["versions/v22.10.0-rc.10/bin/tool" + Extension], Newest());

        var release = Program("versions/v22.10.0/bin/tool");
        Assert.Equal(release, Newest());
    }

    [Fact]
    public void A_well_known_folder_that_is_not_there_is_no_trouble() =>
        Assert.Null(
            new ExecutableFinder(_folder["project"], "").Find(
                "tool", _folder["none"], _folder["none/*/bin"], "~/.no-such-folder/*/bin"));

    public void Dispose() => _folder.Dispose();

    private string? Find(params string[] path) =>
        new ExecutableFinder(
            _folder["project"], SearchPath.Of(path.Select(folder => _folder[folder]))).Find(
                "tool", _folder["known"]);

    private string Program(string relative)
    {
        var file = _folder.Write(relative + Extension, "#!/bin/sh\n");
        Modes.Set(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return file;
    }
}
