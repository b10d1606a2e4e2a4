using Omniview.Plugin.Core.Go.Commands;
using Omniview.Plugin.Core.Go.Toolchain;

namespace Omniview.Plugin.Core.Tests.Go;

public sealed class GoBuildArgumentsTests
{
    private static readonly string Project = Path.GetFullPath("/src/plugin");

    private static readonly GoBuildRequest Plain = new()
    {
        Toolchain = new GoToolchain("/usr/local/go/bin/go", new GoVersion(1, 27, 4), null),
        ProjectDirectory = Project,
        Output = "/out/plugin",
        Environment = new Dictionary<string, string?> { ["GOENV"] = "off", ["GOFLAGS"] = null },
    };

    public static TheoryData<object, string> Requests =>
        new()
        {
            { Plain, "build|-ldflags=-s -w|-buildvcs=false" },
            { Plain with { Release = true }, "build|-ldflags=-s -w|-trimpath" },
            { With(new() { Debuggable = true }), "build|-gcflags=all=-N -l|-buildvcs=false" },
            { With(new() { Debuggable = true }) with { Release = true }, "build|-gcflags=all=-N -l|-buildvcs=false" },
            { With(new() { LdFlags = " -X main.v=1 " }), "build|-ldflags=-s -w -X main.v=1|-buildvcs=false" },
            {
                With(new() { LdFlags = "-X main.v=1" }) with
                {
                    Release = true,
                },
                "build|-ldflags=-s -w -X main.v=1|-trimpath"
            },
            {
                With(new() { LdFlags = "-X main.v=1", Debuggable = true }),
                "build|-gcflags=all=-N -l|-ldflags=-X main.v=1|-buildvcs=false"
            },
            { With(new() { LdFlags = "all=-X main.v=1" }), "build|-ldflags=all=-s -w -X main.v=1|-buildvcs=false" },
            { With(new() { GcFlags = "-m" }), "build|-gcflags=-m|-ldflags=-s -w|-buildvcs=false" },
            {
                With(new() { GcFlags = "-m", Debuggable = true }),
                "build|-gcflags=all=-N -l|-gcflags=-N -l -m|-buildvcs=false"
            },
            {
                With(new() { GcFlags = "net/...=-m", Debuggable = true }),
                "build|-gcflags=all=-N -l|-gcflags=net/...=-N -l -m|-buildvcs=false"
            },
            { With(new() { Tags = "a; b,c\n d" }), "build|-ldflags=-s -w|-buildvcs=false|-tags=a,b,c,d" },
            {
                With(new() { Race = true, ExtraArguments = ["-mod=mod", "-p=1"] }),
                "build|-ldflags=-s -w|-buildvcs=false|-race|-mod=mod|-p=1"
            },
            { With("GOFLAGS", "-mod=mod -ldflags=-s"), "build|-buildvcs=false" },
            { With("GOFLAGS", "'-ldflags=-s -w' --buildvcs=true"), "build" },
            {
                With("GOFLAGS", "-ldflags=-s") with
                {
                    Options = new() { LdFlags = "-X main.v=1" },
                },
                "build|-ldflags=-s -w -X main.v=1|-buildvcs=false"
            },
            { With("GOFLAGS", "-trimpath") with { Release = true }, "build|-ldflags=-s -w" },
            { With("GOFLAGS", ""), "build|-ldflags=-s -w|-buildvcs=false" },
        };

    [Theory]
    [MemberData(nameof(Requests))]
    public void Says_what_the_request_says(object request, string expected)
    {
        Assert.Equal(
            $"{expected}|-o|/out/plugin|./pkg", string.Join('|', GoBuildArguments.For((GoBuildRequest)request)));
    }

    [Fact]
    public void Respects_flags_the_author_has_set_with_go_env()
    {
        using var folder = new TempFolder();
        var request = With("GOENV", folder.Write("env", "GOPROXY=off\nGOFLAGS=-ldflags=-s\n"));

        Assert.DoesNotContain("-ldflags=-s -w", GoBuildArguments.For(request));
    }

    [Fact]
    public void Sets_only_what_was_asked_for_in_the_environment()
    {
        var environment = GoBuildArguments.EnvironmentFor(
            Plain with
            {
                Environment = new Dictionary<string, string?> { ["GOEXPERIMENT"] = "jsonv2", ["GOFLAGS"] = null },
            });

        Assert.Equal("jsonv2", environment["GOEXPERIMENT"]);
        Assert.Null(environment["GOFLAGS"]);
        Assert.Equal(["GOEXPERIMENT", "GOFLAGS"], environment.Keys.Except(["PWD"]).Order());
    }

    [Fact]
    public void Sets_the_target_over_the_authors_variables()
    {
        var environment = GoBuildArguments.EnvironmentFor(
            With("GOOS", "plan9") with { Target = GoTarget.FromRuntimeIdentifier("win-arm64") });

        Assert.Equal(("windows", "arm64"), (environment["GOOS"], environment["GOARCH"]));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("auto", null)]
    [InlineData(" off ", "off")]
    [InlineData("../go.work", "/src/go.work")]
    public void Pins_the_workspace(string goWork, string? expected)
    {
        var environment = GoBuildArguments.EnvironmentFor(With(new() { Work = goWork }));

        Assert.Equal(
            expected is null or "off" ? expected : Path.GetFullPath(expected), environment.GetValueOrDefault("GOWORK"));
    }

    private static GoBuildRequest With(GoOptions options) => Plain with { Options = options };

    private static GoBuildRequest With(string name, string? value) =>
        Plain with { Environment = new Dictionary<string, string?>(Plain.Environment) { [name] = value } };
}
