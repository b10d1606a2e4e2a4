using System.Runtime.InteropServices;
using System.Text;
using Omniview.Plugin.Core.Go;
using Omniview.Plugin.Core.Go.Incremental;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Tests.Go.Incremental;

public sealed class IncrementalBuilderTests : IDisposable
{
    private const string Main = """
        package main

        import (
            "fmt"

            "example.com/p/pkg/words"
        )

        func main() { fmt.Println(words.Greeting, words.Count("a")) }
        """;

    private const string Words = """
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

    private readonly GoProject _project = new();
    private GoBuildRequest? _request;
    private IncrementalBuilder? _builder;

    public IncrementalBuilderTests()
    {
        _project.Write("pkg/main.go", Main);
        _project.Write("pkg/words/words.go", Words);
    }

    private string Program => _project.Output;

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, "")]
    [InlineData(false, "-tags=x")]
    [InlineData(false, "-race")]
    public async Task The_program_is_the_one_go_build_makes_byte_for_byte_but_for_its_build_id(bool debuggable, string argument)
    {
        await PrepareAsync(request => request with { Debuggable = debuggable, ExtraArguments = argument.Length > 0 ? [argument] : [] });
        Edit("pkg/words/words.go", "hello", "good evening");
        Edit("pkg/main.go", "\"a\"", "\"four\"");

        Assert.True((await BuildAsync())!.Success);

        var ours = Keep();
        await GoBuildAsync();
        Assert.True(GoBuildId.IsAllThatDiffers(ours, Program));
        Assert.Equal("good evening 4", await RunAsync());
    }

    [Fact]
    public async Task A_change_that_importers_see_gets_into_them_too()
    {
        await PrepareAsync();

        Edit("pkg/words/words.go", "hello", "good morning");

        Assert.True((await BuildAsync())!.Success);
        Assert.Equal("good morning 1", await RunAsync());
    }

    [Fact]
    public async Task One_build_after_another_starts_where_the_last_one_ended()
    {
        await PrepareAsync();
        foreach (var word in new[] { "one", "two", "three" })
        {
            _project.Write("pkg/words/words.go", Words.Replace("hello", word, StringComparison.Ordinal));
            _builder!.Changed(_project["pkg/words/words.go"]);
            Assert.True((await BuildAsync())!.Success);
            Edit("pkg/main.go", "\"a\"", "\"a\" + \"b\"");
            Assert.True((await BuildAsync())!.Success);
            Edit("pkg/main.go", "\"a\" + \"b\"", "\"a\"");
        }

        Assert.Equal("three 2", await RunAsync());
    }

    [Fact]
    public async Task Only_what_differs_is_compiled_again()
    {
        await PrepareAsync();

        Edit("pkg/words/words.go", "counted++", "counted += 2 // defer keeps it from being inlined, so importers see nothing of it");
        _project.Write("pkg/main.go", "what no compiler would let pass, if it were asked");
        var result = await BuildAsync();

        Assert.True(result!.Success);
        Assert.Equal("hello 2", await RunAsync());
    }

    [Fact]
    public async Task A_comment_leaves_the_program_as_it_is()
    {
        await PrepareAsync();
        var before = File.GetLastWriteTimeUtc(Program);

        Edit("pkg/main.go", "words.Count(\"a\")) }", "words.Count(\"a\")) } // said");
        var result = await BuildAsync();

        Assert.True(result!.Success);
        Assert.Equal(before, File.GetLastWriteTimeUtc(Program));
        Assert.True(result.Linking < TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task A_mistake_is_told_as_go_build_tells_it_and_leaves_the_program_as_it_is()
    {
        await PrepareAsync();
        var before = File.ReadAllBytes(Program);

        Edit("pkg/words/words.go", "return counted", "return conted");
        Edit("pkg/main.go", "words.Greeting,", "words.Greting, gone,");
        var refused = await BuildAsync();

        var told = _project.Lines.Select(line => line.Text).ToList();
        _project.Lines.Clear();
        var byGo = await _project.BuildAsync(_request!);
        Assert.False(refused!.Success);
        Assert.Equal(byGo.Diagnostics, refused.Diagnostics);
        Assert.Equal(_project.Lines.Select(line => line.Text), told);
        Assert.Equal(before, File.ReadAllBytes(Program));
    }

    [Fact]
    public async Task After_a_mistake_is_mended_the_program_has_all_that_was_changed_meanwhile()
    {
        await PrepareAsync();
        Edit("pkg/words/words.go", "hello", "hi");
        Edit("pkg/main.go", "\"a\"", "a");
        Assert.False((await BuildAsync())!.Success);

        Edit("pkg/main.go", "(a)", "(\"abc\")");

        Assert.True((await BuildAsync())!.Success);
        Assert.Equal("hi 3", await RunAsync());
    }

    [Fact]
    public async Task A_build_that_is_cancelled_forgets_no_change()
    {
        await PrepareAsync();
        Edit("pkg/words/words.go", "hello", "hi");
        using var superseded = new CancellationTokenSource();
        var building = _builder!.BuildAsync(_ => { }, superseded.Token);
        await superseded.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => building);

        Edit("pkg/main.go", "\"a\"", "\"ab\"");

        Assert.True((await BuildAsync())!.Success);
        Assert.Equal("hi 2", await RunAsync());
    }

    [Fact]
    public async Task Go_never_takes_our_program_for_its_own()
    {
        await PrepareAsync();
        Edit("pkg/main.go", "\"a\"", "\"ab\"");
        Assert.True((await BuildAsync())!.Success);
        var ours = Keep();

        await GoBuildAsync();

        Assert.NotEqual(await File.ReadAllBytesAsync(ours, GoProject.Cancellation), await File.ReadAllBytesAsync(Program, GoProject.Cancellation));
        Assert.True(GoBuildId.IsAllThatDiffers(ours, Program));
        Edit("pkg/main.go", "\"ab\"", "\"ba\"");
        await GoBuildAsync();
        Assert.False(GoBuildId.IsAllThatDiffers(ours, Program));
    }

    [Fact]
    public async Task Two_programs_of_ours_say_they_are_two()
    {
        await PrepareAsync();
        Edit("pkg/main.go", "\"a\"", "\"b\"");
        Assert.True((await BuildAsync())!.Success);
        var first = await _project.GoAsync("tool", "buildid", Program);
        Edit("pkg/main.go", "\"b\"", "\"c\"");
        Assert.True((await BuildAsync())!.Success);

        Assert.StartsWith("omniview", first, StringComparison.Ordinal);
        Assert.NotEqual(first, await _project.GoAsync("tool", "buildid", Program));
    }

    [Fact]
    public async Task Without_a_change_it_is_for_go_to_say()
    {
        await PrepareAsync();

        Assert.Null(await BuildAsync());
    }

    [Theory]
    [InlineData("pkg/new.go", "package main\n")]
    [InlineData("pkg/main_linux.s", "")]
    [InlineData("go.mod", "module example.com/p\n\ngo 1.22\n")]
    public async Task What_is_no_source_of_a_package_yet_is_for_go(string file, string text)
    {
        await PrepareAsync();
        _builder!.Changed(_project.Write(file, text));
        Edit("pkg/main.go", "\"a\"", "\"b\"");

        Assert.Null(await BuildAsync());
    }

    [Fact]
    public async Task A_package_that_embeds_files_is_for_go()
    {
        _project.Write("pkg/words/word.txt", "hello");
        _project.Write("pkg/words/words.go", "package words\n\nimport _ \"embed\"\n\n//go:embed word.txt\nvar Greeting string\n\nfunc Count(text string) int { return len(text) }\n");
        await PrepareAsync();

        Edit("pkg/main.go", "\"a\"", "\"ab\"");
        Assert.True((await BuildAsync())!.Success);
        Assert.Equal("hello 2", await RunAsync());
        Edit("pkg/words/words.go", "len(text)", "0");
        Assert.Null(await BuildAsync());
    }

    [Fact]
    public async Task A_package_with_assembler_or_cgo_is_for_go()
    {
        _project.Write("pkg/words/words.go", "package words\n\nimport \"example.com/p/pkg/c\"\n\nconst Greeting = \"hello\"\n\nfunc Count(text string) int\n\nvar C = c.C()\n");
        _project.Write("pkg/words/count.s", "#include \"textflag.h\"\nTEXT ·Count(SB), NOSPLIT, $0-24\n\tMOVQ text_len+8(FP), AX\n\tMOVQ AX, ret+16(FP)\n\tRET\n");
        _project.Write("pkg/c/c.go", "package c\n\n// int c() { return 1; }\nimport \"C\"\n\nfunc C() int { return int(C.c()) }\n");
        Assert.SkipUnless(RuntimeInformation.ProcessArchitecture == Architecture.X64, "the assembler file is for amd64");
        await PrepareAsync();

        Edit("pkg/main.go", "\"a\"", "\"ab\"");
        Assert.True((await BuildAsync())!.Success);
        Assert.Equal("hello 2", await RunAsync());

        Edit("pkg/words/words.go", "hello", "hi");
        Assert.Null(await BuildAsync());
        await PrepareAsync();
        Edit("pkg/c/c.go", "int(C.c())", "int(C.c()) + 1");
        Assert.Null(await BuildAsync());
    }

    [Fact]
    public async Task More_packages_than_a_few_are_for_go()
    {
        var imports = new StringBuilder();
        foreach (var number in Enumerable.Range(1, 9))
        {
            _project.Write($"pkg/n{number}/n.go", $"package n{number}\n\nimport \"example.com/p/pkg/words\"\n\nvar N = words.Greeting + \"{number}\"\n");
            imports.Append("import _ \"example.com/p/pkg/n").Append(number).Append("\"\n");
        }

        _project.Write("pkg/all.go", $"package main\n\n{imports}");
        await PrepareAsync();

        Edit("pkg/words/words.go", "hello", "hi");

        Assert.Null(await BuildAsync());
    }

    [Fact]
    public async Task When_the_program_is_no_longer_the_one_that_was_built_it_is_for_go()
    {
        await PrepareAsync();
        File.Delete(Program);

        Edit("pkg/main.go", "words.Count(\"a\")) }", "words.Count(\"a\")) } // said");

        Assert.Null(await BuildAsync());
    }

    [Fact]
    public async Task When_gos_cache_was_emptied_it_is_for_go()
    {
        var cache = _project["cache"];
        await PrepareAsync(request => request with { Environment = new Dictionary<string, string?> { ["GOCACHE"] = cache } });
        Directory.Delete(cache, recursive: true);

        Edit("pkg/main.go", "\"a\"", "\"b\"");

        Assert.Null(await BuildAsync());
    }

    [Fact]
    public async Task With_output_of_the_compiler_that_go_repeats_it_is_for_go()
    {
        await PrepareAsync(request => request with { GcFlags = "-m" });

        Edit("pkg/main.go", "\"a\"", "\"b\"");

        Assert.Null(await BuildAsync());
    }

    [Fact]
    public async Task A_go_that_says_nothing_in_events_is_not_asked_again()
    {
        await PrepareAsync();
        var listing = await GoLister.ListAsync(_request!, _project["tmp"], GoProject.Cancellation);
        var old = _project.Request(_project.Fake("[ \"$1\" = env ] && echo '{}' || echo 'mkdir -p $WORK/b001/'"));

        Assert.Null(await IncrementalBuilder.PrepareAsync(old, listing!, _project["tmp"], GoProject.Cancellation));
    }

    [Fact]
    public async Task A_plan_of_thousands_of_packages_is_read_too()
    {
        await PrepareAsync();
        var listing = await GoLister.ListAsync(_request!, _project["tmp"], GoProject.Cancellation);
        var modules = Enumerable.Range(0, 3000).Select(number => new GoListedPackage($"example.com/module/with/a/long/name/package{number}", _project["x.a"], "", false)).ToList();
        var plan = await _project.GoAsync("build", "-json", "-n", "-a", "-o", "x", "./pkg");
        _project.Write("fake/plan", plan.Replace("modinfo ", string.Concat(modules.Select(module => $"packagefile {module.ImportPath}=$WORK/b001/_pkg_.a\\n")) + "modinfo ", StringComparison.Ordinal) + "\n");
        var large = _project.Request(_project.Fake("if [ $1 = env ]; then exec go \"$@\"; fi; exec cat \"$(dirname \"$0\")/plan\""));

        Assert.Null(await IncrementalBuilder.PrepareAsync(large, listing!, _project["tmp"], GoProject.Cancellation)); // a package nobody knows where to find
        using var builder = await IncrementalBuilder.PrepareAsync(large, listing! with { Packages = [.. listing.Packages, .. modules] }, _project["tmp"], GoProject.Cancellation);
        Assert.NotNull(builder);
    }

    public void Dispose()
    {
        _builder?.Dispose();
        var left = Directory.EnumerateFileSystemEntries(_project["tmp"]).Concat(Directory.EnumerateFileSystemEntries(_project["build/bin"]).Where(entry => entry != Program)).ToList();
        _project.Dispose();
        Assert.Empty(left);
    }

    private async Task PrepareAsync(Func<GoBuildRequest, GoBuildRequest>? with = null)
    {
        _builder?.Dispose();
        Directory.CreateDirectory(_project["tmp"]);
        var request = (with ?? (request => request))(await _project.RequestAsync());
        _request = request with { Environment = new Dictionary<string, string?>(request.Environment) { ["GOTMPDIR"] = _project["tmp"] } };
        await GoBuildAsync();
        var listing = await GoLister.ListAsync(_request, _project["tmp"], GoProject.Cancellation);
        _builder = await IncrementalBuilder.PrepareAsync(_request, listing!, _project["tmp"], GoProject.Cancellation);
        Assert.NotNull(_builder);
    }

    private void Edit(string file, string from, string to)
    {
        var text = File.ReadAllText(_project[file]);
        Assert.Contains(from, text, StringComparison.Ordinal);
        _builder!.Changed(_project.Write(file, text.Replace(from, to, StringComparison.Ordinal)));
    }

    private Task<GoBuildResult?> BuildAsync() => _builder!.BuildAsync(_project.Lines.Add, GoProject.Cancellation);

    private async Task GoBuildAsync()
    {
        var built = await _project.BuildAsync(_request!);
        Assert.True(built.Success, string.Join('\n', built.Diagnostics));
    }

    private string Keep()
    {
        File.Copy(Program, _project["kept"], overwrite: true);
        return _project["kept"];
    }

    private async Task<string> RunAsync() => (await ToolRunner.CaptureAsync(new ProcessSpec(Program, [], _project.Path), GoProject.Cancellation)).Output;

}
