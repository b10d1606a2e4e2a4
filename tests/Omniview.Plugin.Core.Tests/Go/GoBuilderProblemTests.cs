using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Output;

namespace Omniview.Plugin.Core.Tests.Go;

/// <summary>What is said of real builds that fail.</summary>
public sealed class GoBuilderProblemTests : IDisposable
{
    private readonly GoProject _project = new();

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Places_a_type_error(bool release)
    {
        _project.Write("pkg/main.go", GoProject.Main);
        var file = _project.Write("pkg/x.go", "package main\n\nvar x int = \"é\"\n");

        var problem = await _project.FailAsync(await _project.RequestAsync() with { Release = release });

        Assert.Equal(
            Diagnostic.Error(
                "GO7023", "cannot use \"é\" (untyped string constant) as int value in variable " +
                "declaration [IncompatibleAssign]").At(Path.GetFullPath(file), 3, 13) with
            {
                EndLine = 3,
                EndColumn = 16,
                HelpLink = "https://pkg.go.dev/internal/types/errors#IncompatibleAssign",
            },
            problem);
        Assert.Contains(_project.Lines, line => line is { Text: "# example.com/p/pkg", IsError: true });
        Assert.False(File.Exists(_project.Output));
    }

    [Fact]
    [NotInWine("a go that is asked for all errors needs more than its second there")]
    public async Task Lists_thirty_errors_of_four_packages_each_once_in_the_order_of_the_files()
    {
        List<(string, int)> written = [];
        // of one package go tells ten
        foreach (var (package, count) in new[] { ("a", 12), ("b", 8), ("c", 6), ("d", 4) })
        {
            foreach (var name in new[] { "one", "two" })
            {
                var file = _project.Write(
                    $"{package}/{name}.go", $"package {package}\n\nfunc {(name == "one" ? "F" : "G")}() " +
                    $"{{\n{string.Concat(Enumerable.Range(0, count / 2).Select(n => $"\tnope{n}()\n"))}}}\n");
                written.AddRange(Enumerable.Range(4, count / 2).Select(line => (Path.GetFullPath(file), line)));
            }
        }

        _project.Write(
            "pkg/main.go",
            "package main\n\nimport "
                + "(\n\t\"example.com/p/d\"\n\t\"example.com/p/b\"\n\t\"example.com/p/c\"\n\t\"example.com/p/a\"\n)\n\n"
                + "func main() { a.F(); b.F(); c.F(); d.F() }\n");

        for (var run = 0; run < 5; run++) // packages are compiled at the same time and end in any order
        {
            var found = (await _project.BuildAsync()).Diagnostics;

            Assert.Equal(written, found.Select(one => (one.File!, one.Line)));
            Assert.All(
                found, one => Assert.Equal(("GO7075", DiagnosticSeverity.Error), (one.Code, one.Severity)));
        }
    }

    [Fact]
    [NotInWine("it makes no symbolic links")]
    public async Task Names_files_by_the_name_the_project_folder_was_given()
    {
        _project.Write("real/go.mod", "module example.com/p\n\ngo 1.21\n");
        _project.Write("real/pkg/main.go", "package main\n\nvar x int = \"\"\n\nfunc main() {}\n");
        var link = Directory.CreateSymbolicLink(_project["link"], "real").FullName;
        var request = await _project.RequestAsync() with { ProjectDirectory = link };

        Assert.Equal(Path.Combine(link, "pkg", "main.go"), (await _project.FailAsync(request)).File);
        Assert.Contains(
            Path.Combine(link, "nothere"),
            (await _project.FailAsync(request with { Options = new() { Package = "./nothere" } })).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_a_library_can_not_be_started()
    {
        _project.Write("pkg/foo.go", "package foo\n");

        var problem = await _project.FailAsync(await _project.RequestAsync());

        Assert.Equal(DiagnosticCodes.GoOutputUnusable, problem.Code);
        Assert.Contains("./pkg is a library", problem.Message, StringComparison.Ordinal);
        Assert.Contains("`package main`", problem.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_project["build/bin"]));
    }

    [Fact]
    public async Task Says_how_to_make_a_missing_module()
    {
        File.Delete(_project["go.mod"]);
        _project.Write("pkg/main.go", GoProject.Main);

        Assert.Equal(DiagnosticCodes.GoModuleMissing, (await _project.FailAsync(await _project.RequestAsync())).Code);
    }

    [Fact]
    public async Task Places_a_demand_for_a_newer_go_in_the_module_file()
    {
        var file = _project.Write("go.mod", "module example.com/p\n\ngo 1.9999\n");
        _project.Write("pkg/main.go", GoProject.Main);
        var environment = new Dictionary<string, string?> { ["GOTOOLCHAIN"] = "local" };

        var problem = await _project.FailAsync(await _project.RequestAsync() with { Environment = environment });

        Assert.Equal((DiagnosticCodes.GoTooOld, Path.GetFullPath(file), 3), (problem.Code, problem.File, problem.Line));
    }

    [Fact]
    public async Task Tells_what_go_says_of_a_package_that_is_not_there()
    {
        var problem = await _project.FailAsync(await _project.RequestAsync());

        Assert.Equal(GoProblemKind.NoFolder.Code, problem.Code);
        Assert.Contains("directory not found", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overwrites_no_file_that_is_not_a_program()
    {
        var source = _project.Write("pkg/main.go", GoProject.Main);

        var problem = await _project.FailAsync(await _project.RequestAsync() with { Output = source });

        Assert.Contains(
            "main.go\" already exists and is not an object file", problem.Message, StringComparison.Ordinal);
        Assert.Equal(GoProject.Main, await File.ReadAllTextAsync(source, GoProject.Cancellation));
        Assert.Equal([source], Directory.EnumerateFileSystemEntries(_project["pkg"]));
    }

    [Fact]
    public async Task Says_why_the_program_can_not_be_put_in_its_place()
    {
        _project.Write("pkg/main.go", GoProject.Main);
        Directory.CreateDirectory(_project.Output);

        var problem = await _project.FailAsync(await _project.RequestAsync());

        Assert.Equal(DiagnosticCodes.GoOutputUnusable, problem.Code);
        Assert.StartsWith($"{_project.Output} can't be written: ", problem.Message, StringComparison.Ordinal);
    }
}
