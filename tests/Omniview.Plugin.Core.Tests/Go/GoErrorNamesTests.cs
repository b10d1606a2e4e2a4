using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Commands;
using Omniview.Plugin.Core.Go.Output;
using Omniview.Plugin.Core.Go.Toolchain;

namespace Omniview.Plugin.Core.Tests.Go;

/// <summary>The names of type errors, asked for after a build that failed.</summary>
public sealed class GoErrorNamesTests : IDisposable
{
    private readonly GoProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public async Task Lists_all_errors_of_all_packages_once_and_in_the_order_of_files()
    {
        string[] packages = ["a", "b", "c", "d"];
        _project.Write(
            "pkg/main.go",
            "package main\n\nimport (\n"
                + string.Concat(packages.Select(name => $"\t\"example.com/p/{name}\"\n"))
                + ")\n\nfunc main() {\n"
                + string.Concat(packages.Select(name => $"\t{name}.F()\n"))
                + "}\n");
        foreach (var (name, count) in packages.Zip([13, 6, 6, 5]))
        {
            _project.Write(
                $"{name}/x.go", $"package {name}\n\nfunc F() " +
                $"{{\n{string.Concat(Enumerable.Range(0, count).Select(i => $"\tnope{i}()\n"))}}}\n");
        }

        var result = await _project.BuildAsync();

        var expected = packages
            .Zip([13, 6, 6, 5])
            .SelectMany(one =>
                Enumerable
                    .Range(0, one.Second)
                    .Select(i => (
                        _project[$"{one.First}/x.go"], i + 4, 2, "GO7075", $"undefined: nope{i} [UndeclaredName]")));
        Assert.Equal(
            expected, result.Diagnostics.Select(one => (one.File!, one.Line, one.Column, one.Code, one.Message)));
        Assert.All(
            result.Diagnostics,
            one => Assert.Equal("https://pkg.go.dev/internal/types/errors#UndeclaredName", one.HelpLink)
        );
    }

    [Fact]
    public async Task Tells_people_text_and_not_events()
    {
        _project.Write("pkg/main.go", "package main\n\nfunc main() { nope() }\n");

        await _project.BuildAsync();

        Assert.Equal(
            ["# example.com/p/pkg", $"{Path.Combine("pkg", "main.go")}:3:15: undefined: nope"],
            _project.Lines.Select(line => line.Text));
    }

    [Fact]
    public async Task Names_errors_of_a_module_beside_the_plugin()
    {
        _project.Write(
            "go.mod", "module example.com/p\n\ngo 1.21\n\nrequire example.com/lib v0.0.0\n\nreplace example.com/lib " +
            "=> ./lib\n");
        _project.Write("lib/go.mod", "module example.com/lib\n\ngo 1.21\n");
        var file = _project.Write("lib/x.go", "package lib\n\nvar X int = \"\"\n");
        _project.Write("pkg/main.go", "package main\n\nimport \"example.com/lib\"\n\nfunc main() { println(lib.X) }\n");

        var problem = await _project.FailAsync(await _project.RequestAsync());

        Assert.Equal((file, 3, "GO7023"), (problem.File, problem.Line, problem.Code));
    }

    [Theory]
    [InlineData("func main() {", "GO1001")] // nothing is left to name
    [InlineData("import _ \"example.com/nope\"\n\nfunc main() {}", "GO2001")]
    public async Task Asks_only_when_a_name_is_missing(string source, string code)
    {
        _project.Write("pkg/main.go", $"package main\n\n{source}\n");

        Assert.Equal(code, (await _project.FailAsync(await _project.RequestAsync())).Code);
    }

    [Theory]
    [InlineData("exit 0")] // mended meanwhile
    [InlineData("echo something else; exit 1")]
    [InlineData("exec sleep 600")] // hangs
    public async Task Keeps_what_the_build_said_when_there_is_no_answer(string second)
    {
        var fake = _project.Fake(
            $"case \"$*\" in *-errorurl*) {second};; esac\necho '# example.com/p/pkg' >&2\necho 'pkg/main.go:3:1: " +
            "invalid operation: x' >&2\nexit 1\n");

        var problem = await _project.FailAsync(
            _project.Request(fake) with { NamesLimit = TimeSpan.FromSeconds(2) });

        Assert.Equal((DiagnosticCodes.GoProblem, "invalid operation: x"), (problem.Code, problem.Message));
    }

    [Fact]
    public async Task Asks_for_what_is_beyond_the_tenth_whatever_the_ten_are()
    {
        _project.Write(
            "pkg/main.go",
            "package main\n\nfunc main() {}\n" + string.Concat(Enumerable.Range(0, 15).Select(i => $"func f{i}()\n")));

        var result = await _project.BuildAsync();

        Assert.Equal(
            Enumerable.Range(4, 15).Select(line => (line, GoProblemKind.NoBody.Code)),
            result.Diagnostics.Select(one => (one.Line, one.Code)));
    }

    [Fact]
    public async Task Tells_an_error_once_that_depends_on_the_version_of_the_language()
    {
        _project.Write("pkg/main.go", "package main\n\nfunc main() {\n\tfor range 10 {\n\t}\n}\n");

        var problem = await _project.FailAsync(await _project.RequestAsync());

        Assert.Equal(
            ("GO7109", "cannot range over 10 (untyped int constant): requires go1.22 or later (-lang was set to " +
                "go1.21; check go.mod) [InvalidRangeExpr]",
                "https://pkg.go.dev/internal/types/errors#InvalidRangeExpr"),
            (problem.Code, problem.Message, problem.HelpLink));
    }

    [Fact]
    public async Task Names_an_error_that_quotes_lines()
    {
        _project.Write(
            "pkg/main.go",
            "package main\n\nfunc f(int) {}\n\nfunc main() {\n\tf(`\n# Title\npkg/main.go:1:2: only text\npanic: " +
            "text\n`)\n\tvar n int\n}\n");

        var result = await _project.BuildAsync();

        Assert.Equal(
            [(6, 4, "GO7023"), (11, 6, "GO7101")], result.Diagnostics.Select(one => (one.Line, one.Column, one.Code)));
        Assert.StartsWith(
            "cannot use `\n# Title\npkg/main.go:1:2: only text\npanic: text\n` (untyped",
            result.Diagnostics[0].Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_a_very_long_error()
    {
        _project.Write(
            "pkg/main.go", $"package main\n\nfunc main() {{ _ = 1 + \"{new string('x', 20_000)}\" }}\n");

        Assert.Equal("GO7046", (await _project.FailAsync(await _project.RequestAsync())).Code);
    }

    [Fact]
    public async Task Asks_about_many_packages_in_portions()
    {
        var asked = _project["asked"];
        var fake = _project.Fake(
            $"case \"$*\" in *-errorurl*) echo \"$*\" >>'{asked}'; name=' [go.dev/e/MismatchedTypes]';; esac\n" +
            "for i in $(seq 120); do echo \"# example.com/p/p$i\"; echo \"p$i/x.go:3:1: invalid operation: " +
            "x$name\"; done >&2\nexit 1\n");

        var result = await _project.BuildAsync(_project.Request(fake));

        Assert.Equal(120, result.Diagnostics.Count);
        Assert.All(result.Diagnostics, one => Assert.Equal(GoTypeErrors.CodeOf("MismatchedTypes"), one.Code));
        Assert.Equal(3, File.ReadAllLines(asked).Length);
    }

    [Theory]
    [InlineData("stack frame too large (>1GB): 1907 MB locals + 0 MB args")]
    [InlineData("type [1<<40]int too large")]
    public async Task Does_not_ask_for_the_names_of_what_is_found_after_type_checking(string error)
    {
        var asked = _project["asked"];
        var fake = _project.Fake(
            $"case \"$*\" in *-errorurl*) touch '{asked}';; esac\necho '# example.com/p/pkg' >&2\n" +
            $"echo 'pkg/main.go:3:1: {error}' >&2\nexit 1\n");

        var problem = await _project.FailAsync(_project.Request(fake));

        Assert.Equal((DiagnosticCodes.GoProblem, error), (problem.Code, problem.Message));
        Assert.False(File.Exists(asked));
    }

    [Theory]
    [InlineData(23, null, false)]
    [InlineData(24, null, true)]
    [InlineData(27, "go1.22.1", false)]
    [InlineData(27, "go1.25.0+auto", true)]
    [InlineData(27, "local", true)]
    public void Asks_for_events_where_go_has_them(int minor, string? toolchain, bool isAsked)
    {
        var request = _project.Request(new GoToolchain("/go", new GoVersion(1, minor, 0), null)) with
        {
            Environment = new Dictionary<string, string?> { ["GOTOOLCHAIN"] = toolchain, ["GOENV"] = "off" },
        };

        Assert.Equal(
            isAsked, GoBuildArguments.WithEvents(request, GoBuildArguments.For(request)) is ["build", "-json", ..]);
    }
}
