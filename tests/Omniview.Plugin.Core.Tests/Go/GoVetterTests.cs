using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Commands;
using Omniview.Plugin.Core.Go.Output;

namespace Omniview.Plugin.Core.Tests.Go;

/// <summary>What the real vet says.</summary>
public sealed class GoVetterTests : IDisposable
{
    private const string Suspicious =
        "package main\n\nimport \"fmt\"\n\nfunc main() {\n\tfmt.Printf(\"é %d\\n\", \"x\")\n}\n";

    private readonly GoProject _project = new();

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Warns_at_the_place_of_a_finding(bool release)
    {
        var file = _project.Write("pkg/main.go", Suspicious);

        var found = Assert.Single(await VetAsync(settings => settings with { Release = release }));

        Assert.Equal(
            Diagnostic.Warning(GoProblemKind.Vet.Code, "fmt.Printf format %d has arg \"x\" of wrong type string")
                .At(Path.GetFullPath(file), 6, 16) with
            {
                EndLine = 6,
                EndColumn = 18,
            },
            found);
    }

    [Fact]
    public async Task Places_a_finding_in_this_folder_when_another_has_the_same_code()
    {
        var trimmed = new Dictionary<string, string?> { ["GOFLAGS"] = "-trimpath" };
        using var other = new GoProject();
        other.Write("pkg/main.go", Suspicious);
        await GoVetter.VetAsync(
            new GoVetRequest(await other.RequestAsync() with { Release = true, Environment = trimmed }),
            other.Lines.Add,
            GoProject.Cancellation);
        var file = _project.Write("pkg/main.go", Suspicious);

        Assert.Equal(
            Path.GetFullPath(file),
            Assert.Single(await VetAsync(settings => settings with { Release = true, Environment = trimmed })).File);
    }

    [Fact]
    public async Task Tells_a_finding_again_while_it_is_there()
    {
        _project.Write("pkg/main.go", Suspicious);

        Assert.Equal(await VetAsync(), await VetAsync());
    }

    [Fact]
    public async Task Says_nothing_of_clean_code()
    {
        _project.Write("pkg/main.go", GoProject.Main);

        Assert.Empty(await VetAsync());
    }

    [Fact]
    public async Task Warns_once_of_a_test_that_does_not_compile()
    {
        _project.Write("pkg/main.go", Suspicious);
        var test = _project.Write("pkg/sub/sub_test.go", "package sub\n\nvar x int = \"\"\n");

        var found = await VetAsync();

        Assert.All(found, one => Assert.Equal(DiagnosticSeverity.Warning, one.Severity));
        Assert.Equal(
            [(GoProblemKind.Vet.Code, 6), ("GO7023", 3)], found.Select(one => (one.Code, one.Line)));
        Assert.Equal(Path.GetFullPath(test), found[1].File);
    }

    [Fact]
    public async Task Warns_once_of_what_vet_and_the_compiler_word_differently()
    {
        _project.Write("pkg/main.go", GoProject.Main);
        Test("args", "func f(a, b int) {}\n\nfunc g() { f(1) }\n");
        Test("dup", "func h() {}\n\nfunc h() {}\n");
        Test("label", "func l() {\nunused:\n\tfor {\n\t}\n}\n");
        Test("cases", "func c(i int) {\n\tswitch i {\n\tcase 1:\n\tcase 1:\n\t}\n}\n");

        var found = await VetAsync();

        Assert.Equal(
            [
                ("args", 5, "WrongArgCount"), ("cases", 6, "DuplicateCase"), ("dup", 5, "DuplicateDecl"),
                ("label", 4, "UnusedLabel"),
            ],
            found.Select(one => (
                Path.GetFileName(Path.GetDirectoryName(one.File)), one.Line, GoTypeErrors.NameOf(one.Code))));
        Assert.All(found, one => Assert.Equal(DiagnosticSeverity.Warning, one.Severity));

        void Test(string package, string code)
        {
            _project.Write($"{package}/x.go", $"package {package}\n");
            _project.Write($"{package}/x_test.go", $"package {package}\n\n{code}");
        }
    }

    [Fact]
    public async Task Warns_of_no_package_in_which_it_finds_nothing()
    {
        _project.Write("pkg/main.go", GoProject.Main);
        _project.Write("bad/x.go", "package bad\n\nvar x int = nothing\n");

        var found = Assert.Single(await VetAsync());

        Assert.Equal(("GO7075", DiagnosticSeverity.Warning, 3), (found.Code, found.Severity, found.Line));
        Assert.Contains(_project.Lines, line => line.Text == "{}");
    }

    [Fact]
    public async Task Warns_of_what_only_a_test_imports()
    {
        _project.Write("pkg/main.go", GoProject.Main);
        _project.Write("other/internal/secret/s.go", "package secret\n");
        var test = _project.Write(
            "pkg/main_test.go", "package main\n\nimport _ \"example.com/p/other/internal/secret\"\n");

        var found = Assert.Single(await VetAsync());

        Assert.Equal(
            (GoProblemKind.Internal.Code, DiagnosticSeverity.Warning, Path.GetFullPath(test), 3),
            (found.Code, found.Severity, found.File, found.Line));
    }

    [Fact]
    public async Task Sees_the_code_of_the_build_tags()
    {
        _project.Write("pkg/main.go", GoProject.Main);
        _project.Write("pkg/fancy.go", "//go:build fancy\n\npackage main\n\nfunc f(x int) { x = x }\n");

        Assert.Empty(await VetAsync());
        Assert.Single(await VetAsync(settings => settings with { Options = new() { Tags = "fancy" } }));
    }

    [Fact]
    public async Task Leaves_out_what_its_arguments_switch_off()
    {
        _project.Write("pkg/main.go", Suspicious);
        var request = new GoVetRequest(await _project.RequestAsync()) { VetArguments = ["-printf=false"] };

        Assert.Empty(await GoVetter.VetAsync(request, _project.Lines.Add, GoProject.Cancellation));
    }

    [Fact]
    public async Task Does_not_look_at_the_packages_of_the_ui()
    {
        _project.Write("pkg/main.go", GoProject.Main);
        var file = _project.Write("internal/deep/x.go", "package deep\n\nfunc f(x int) { x = x }\n");
        _project.Write("ui/package.json", "{}");
        _project.Write(
            "ui/node_modules/flatted/golang/pkg/flatted/flatted.go", "package flatted\n\nfunc f(x int) { x = x }\n");
        _project.Write("docs/read.me", "");

        var found = Assert.Single(await VetAsync());

        Assert.Equal(Path.GetFullPath(file), found.File);
        Assert.DoesNotContain(
            _project.Lines, line => line.Text.Contains("matched no packages", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Warns_when_vet_can_not_look()
    {
        _project.Write("pkg/main.go", GoProject.Main);

        var found = Assert.Single(
            await VetAsync(settings => settings with { Options = new() { ExtraArguments = ["-nosuchflag"] } }));

        Assert.Equal(DiagnosticSeverity.Warning, found.Severity);
        Assert.Contains("-nosuchflag", found.Message, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<Diagnostic>> VetAsync(Func<GoRequest, GoRequest>? change = null)
    {
        GoRequest settings = await _project.RequestAsync();
        return await GoVetter.VetAsync(
            new GoVetRequest(change?.Invoke(settings) ?? settings), _project.Lines.Add, GoProject.Cancellation);
    }
}
