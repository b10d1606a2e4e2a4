using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Toolchain;

namespace Omniview.Plugin.Core.Tests.Go;

public sealed class GoFinderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Project => Directory.CreateDirectory(_folder["project"]).FullName;

    [Fact]
    public void Prefers_property_to_variable_to_path_to_well_known_folders()
    {
        string property = Go("property/go"), variable = Go("variable/go"), path = Go("path/go"), known = Go("known/go");
        string[] knownFolders = [_folder["known"]];
        var onPath = SearchPath.Of(_folder["path"]);

        Assert.Equal(property, new GoFinder(Project, property, variable, knownFolders, onPath).Find());
        Assert.Equal(variable, new GoFinder(Project, "", variable, knownFolders, onPath).Find());
        Assert.Equal(path, new GoFinder(Project, null, null, knownFolders, onPath).Find());
        Assert.Equal(known, new GoFinder(Project, null, null, knownFolders, _folder["empty"]).Find());
    }

    [Fact]
    public void Passes_over_a_go_that_the_project_brings()
    {
        Go("project/tools/go");
        var outside = Go("outside/go");
        var searchPath = SearchPath.Of(_folder["project/tools"], ".", "tools", _folder["outside"]);

        Assert.Equal(outside, new GoFinder(Project, null, null, [], searchPath).Find());
    }

    [Theory]
    [InlineData("sdk/bin/go")]
    [InlineData("sdk/bin")]
    [InlineData("sdk")]
    [InlineData("../project/sdk/bin/go")]
    [InlineData(" \"sdk/bin/go\" ")]
    public void Takes_a_property_that_names_the_command_or_its_installation(string property)
    {
        var go = Go("project/sdk/bin/go");

        Assert.Equal(go, new GoFinder(Project, property, null, [], "").Find());
    }

    [Fact]
    public void Takes_a_property_that_names_a_go_on_path()
    {
        var go = Go("bin/go1.26.1");

        Assert.Equal(go, new GoFinder(Project, "go1.26.1", null, [], SearchPath.Of(_folder["bin"])).Find());
    }

    [Fact]
    public void Says_what_is_wrong_with_a_given_path()
    {
        Directory.CreateDirectory(_folder["project/empty"]);
        _folder.Write("project/text", "not a program");

        Assert.Contains(
            "the property GoToolPath names 'nothing', but there is no ",
            Problem("nothing", null),
            StringComparison.Ordinal);
        Assert.Contains(
            "the variable OMNIVIEW_GO_PATH names 'empty', but neither ",
            Problem(null, "empty"),
            StringComparison.Ordinal);
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no execute permission");
        Assert.Contains("text is not executable", Problem("text", null), StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_where_it_looked_when_there_is_none()
    {
        var text = Problem(null, null);

        Assert.Contains("Go was not found", text, StringComparison.Ordinal);
        Assert.Contains("GoToolPath", text, StringComparison.Ordinal);
        Assert.Contains("OMNIVIEW_GO_PATH", text, StringComparison.Ordinal);
        Assert.Contains(_folder["known"], text, StringComparison.Ordinal);
        Assert.Contains("go.dev/dl", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Tries_side_by_side_versions_newest_first()
    {
        foreach (var name in new[] { "go1.9", "go1.26.1", "go1.27rc1", "gopher", "go-1.26" })
        {
            Directory.CreateDirectory(_folder[name]);
        }

        Assert.Equal(
            ["go1.27rc1", "go1.26.1", "go-1.26", "go1.9"],
            GoFinder.Versions(_folder.Path, "go*").Select(bin => Path.GetFileName(Path.GetDirectoryName(bin)!)));
    }

    private string Problem(string? property, string? variable)
    {
        var problem = Assert.Throws<DiagnosticException>(
            () => new GoFinder(Project, property, variable, [_folder["known"]], "").Find()).Diagnostic;
        Assert.Equal(DiagnosticCodes.GoNotFound, problem.Code);
        return problem.Message;
    }

    private string Go(string relative)
    {
        var file = _folder.Write(relative + (OperatingSystem.IsWindows() ? ".exe" : ""), "");
        Modes.Set(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        return Path.GetFullPath(file);
    }
}
