using Omniview.Plugin.Core.Go.Building;
using Omniview.Plugin.Core.Go.Commands;
using Omniview.Plugin.Core.Go.Toolchain;
using Omniview.Plugin.Core.Packaging;

namespace Omniview.Plugin.Core.Tests.Go;

/// <summary>Programs of the real Go, for every kind of file it makes.</summary>
public sealed class GoBuildInfoTests : IDisposable
{
    private readonly GoProject _project = new();

    private string Program => _project.Output;

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("linux", "amd64")]
    [InlineData("windows", "amd64")]
    [InlineData("darwin", "arm64")]
    public async Task Reads_how_a_program_was_built(string goos, string goarch)
    {
        var request = await BuildAsync(request => request with
        {
            Environment = new Dictionary<string, string?>
            {
                ["GOOS"] = goos,
                ["GOARCH"] = goarch,
                ["CGO_ENABLED"] = "0",
            },
            Options = new GoOptions { Tags = "a b", GcFlags = "all=-N -l" },
        });

        var settings = GoBuildInfo.Read(Program)!;

        Assert.Equal(
            (goos, goarch, "0", "a,b", "all=-N -l", "-s -w"),
            (
                settings["GOOS"], settings["GOARCH"], settings["CGO_ENABLED"], settings["-tags"], settings["-gcflags"],
                settings["-ldflags"]));
        Assert.DoesNotContain("-trimpath", settings.Keys);
        Assert.Null(BuiltProgram.Difference(request, Program));
    }

    [Fact]
    public void Of_what_go_has_not_built_there_is_nothing_to_say()
    {
        _project.Write("build/bin/plugin", "\u007fELF \u00ff Go buildinf: and no more");

        Assert.Null(GoBuildInfo.Read(Program));
        Assert.Null(BuiltProgram.Difference(_project.Request(new GoToolchain("go", default, GoRoot: null)), Program));
    }

    [Fact]
    public async Task A_program_for_a_debugger_is_no_release()
    {
        var debug = await BuildAsync(request => request with { Options = new GoOptions { Debuggable = true } });

        var difference = BuiltProgram.Difference(
            debug with { Options = new GoOptions(), Release = true }, Program)!;

        Assert.Equal(("OVP4006", Program), (difference.Code, difference.File));
        Assert.Contains(
            "built with -gcflags=all=-N -l instead of no -gcflags, no -trimpath instead of -trimpath=true.",
            difference.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flags_of_the_environment_count_as_those_of_the_request()
    {
        var request = await BuildAsync(request => request with
        {
            Environment = new Dictionary<string, string?> { ["GOFLAGS"] = "'-gcflags=-l -N' -tags=x -trimpath" },
        });

        Assert.Null(BuiltProgram.Difference(request, Program));
        Assert.Contains(
            "-tags=x instead of no -tags",
            BuiltProgram.Difference(
                request with
                {
                    Environment = new Dictionary<string, string?> { ["GOFLAGS"] = "'-gcflags=-l -N' -trimpath" },
                },
                Program)!.Message,
            StringComparison.Ordinal);
    }

    private async Task<GoBuildRequest> BuildAsync(Func<GoBuildRequest, GoBuildRequest> change)
    {
        _project.Write("pkg/main.go", GoProject.Main);
        var request = change(await _project.RequestAsync());
        Assert.Empty((await _project.BuildAsync(request)).Diagnostics);
        return request;
    }
}
