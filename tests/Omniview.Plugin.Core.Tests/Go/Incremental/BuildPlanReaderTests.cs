using System.Text.Json;
using Omniview.Plugin.Core.Go.Incremental;

namespace Omniview.Plugin.Core.Tests.Go.Incremental;

[UnixOnly("reads what go prints on Unix; IncrementalBuilderTests read it as it is")]
public sealed class BuildPlanReaderTests
{
    private const string Words = "example.com/p/pkg/words";
    private const string Main = "example.com/p/pkg";

    private readonly BuildPlanReader _reader = new(
        "/a b", package => package.StartsWith("example.com/", StringComparison.Ordinal));

    [Fact]
    public void A_plan_has_the_steps_of_the_authors_packages_without_what_is_of_one_build()
    {
        Compile("fmt", "-std ./print.go");
        Compile(Words, "\"/a b/pkg/words/words.go\"");
        Compile(
            Main, "\"/a b/pkg/main.go\"", "packagefile fmt=$WORK/b002/_pkg_.a", "packagefile " +
                $"{Words}=$WORK/b003/_pkg_.a");
        Link();

        var plan = _reader.Finish();

        Assert.Equal([Words, Main], plan!.Compile.Select(step => step.Package));
        var main = plan.Compile[1];
        Assert.True(main.IsAll);
        Assert.Equal("/a b", main.Directory);
        Assert.Equal("/go/pkg/tool/compile", main.Executable);
        Assert.Equal(["-p", Main, "-pack", "/a b/pkg/main.go"], main.Arguments);
        Assert.Equal(["fmt", Words], main.Imports.Packages);
        Assert.Equal(["/a b/pkg/main.go"], main.Sources);
        Assert.Equal(["-buildmode=exe", "-w"], plan.Link.Arguments);
        Assert.Equal("/the go", plan.Link.Environment["GOROOT"]);
        Assert.Equal(["modinfo \"0w\\xaf\""], plan.Link.Imports.OtherLines);
    }

    [Fact]
    public void The_rewrites_of_paths_stay_but_that_of_gos_own_folder()
    {
        Show(
            Main, "/go/pkg/tool/compile -o $WORK/b001/_pkg_.a -trimpath \"$WORK/b001=>;/a b=>example.com/p\" -p " +
                "main -pack ./main.go");
        Link();

        Assert.Equal(
            ["-trimpath", "/a b=>example.com/p", "-p", "main", "-pack", "/a b/main.go"],
            _reader.Finish()!.Compile[0].Arguments);
    }

    [Theory]
    [InlineData("/go/pkg/tool/asm -p x -gensymabis -o $WORK/b001/symabis ./x.s", "")]
    [InlineData("TERM='dumb' gcc -c x.c", "")]
    [InlineData("", "go tool pack r $WORK/b001/_pkg_.a $WORK/b001/x.o # internal")]
    public void What_another_tool_has_a_part_in_is_not_for_the_compiler_alone(string before, string after)
    {
        Show(Words, before);
        Compile(Words, "/a/words.go");
        Show(Words, after);
        Link();

        Assert.False(Assert.Single(_reader.Finish()!.Compile).IsAll);
    }

    [Theory]
    [InlineData("-embedcfg $WORK/b001/embedcfg ./x.go")]
    [InlineData("-pgoprofile=$WORK/b002/x.pgo ./x.go")]
    [InlineData("$WORK/b001/_cgo_gotypes.go ./x.go")]
    [InlineData("@/tmp/arguments")]
    public void What_reads_files_go_would_make_is_not_for_the_compiler_alone(string arguments)
    {
        Compile(Words, arguments);
        Link();

        Assert.False(Assert.Single(_reader.Finish()!.Compile).IsAll);
    }

    [Theory]
    [InlineData("fmt", "packagefile example.com/p/pkg/words=$WORK/b003/_pkg_.a", 2)]
    [InlineData("fmt", "packagefile os=$WORK/b003/_pkg_.a", 1)]
    public void A_module_between_two_of_the_authors_packages_is_in_the_plan(
        string package, string imports, int expected)
    {
        Compile(Words, "/a/words.go");
        Compile(package, "/m/x.go", imports);
        Link();

        Assert.Equal(expected, _reader.Finish()!.Compile.Count);
    }

    [Fact]
    public void Without_a_link_or_with_two_there_is_no_plan()
    {
        Compile(Main, "/a/main.go");
        Assert.Null(_reader.Finish());
        Link();
        Link();

        Assert.Null(_reader.Finish());
    }

    [Theory]
    [InlineData("go: downloading example.com/x v1.0.0")]
    [InlineData(
        """{"ImportPath":"fmt [example.com/p/pkg]","Action":"build-output","Output":"mkdir -p $WORK/b001/\n"}"""
    )]
    public void What_is_not_understood_makes_it_unclear(string line)
    {
        Link();
        _reader.Add(line);

        Assert.Null(_reader.Finish());
    }

    private void Compile(string package, string arguments, params string[] imports)
    {
        Show(package, "mkdir -p $WORK/b001/");
        Show(package, $"\n#\n# {package}\n#\n");
        Show(
            package,
            imports.Length == 0
                ? "echo '# import config' > $WORK/b001/importcfg # internal"
                : $"cat >$WORK/b001/importcfg << 'EOF' # internal\n# import config\n{string.Join('\n', imports)}\nEOF");
        Show(
            package, $"/go/pkg/tool/compile -o $WORK/b001/_pkg_.a -trimpath \"$WORK/b001=>\" -p {package} -buildid " +
                $"A/A -importcfg $WORK/b001/importcfg -pack {arguments}");
        Show(package, "go tool buildid -w $WORK/b001/_pkg_.a # internal");
    }

    private void Link()
    {
        Show(
            Main, "cat >$WORK/b001/importcfg.link << 'EOF' # internal\npackagefile fmt=$WORK/b002/_pkg_.a\nmodinfo " +
                "\"0w\\xaf\"\nEOF");
        Show(
            Main, "GOROOT='/the go' /go/pkg/tool/link -o $WORK/b001/exe/a.out -importcfg $WORK/b001/importcfg.link " +
                "-buildmode=exe -buildid=A/B/C/A -w $WORK/b001/_pkg_.a");
        Show(Main, "mv $WORK/b001/exe/a.out /p/build/bin/plugin");
    }

    private void Show(string package, string output) =>
        _reader.Add(JsonSerializer.Serialize(
            new { ImportPath = package, Action = "build-output", Output = output + "\n" }));
}
