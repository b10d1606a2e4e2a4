using System.Runtime.InteropServices;
using System.Text;
using Omniview.Plugin.Core.Go.Building;
using Omniview.Plugin.Core.Go.Incremental;

namespace Omniview.Plugin.Core.Tests.Go.Incremental;

public sealed class WhatIsForGoTests : IncrementalProject
{
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
        Project.Write(file, text);
        Edit("pkg/main.go", "\"a\"", "\"b\"");

        Assert.Null(await BuildAsync());
    }

    [Fact]
    public async Task A_package_that_embeds_files_is_for_go()
    {
        Project.Write("pkg/words/word.txt", "hello");
        Project.Write(
            "pkg/words/words.go", "package words\n\nimport _ \"embed\"\n\n//go:embed word.txt\nvar Greeting " +
            "string\n\nfunc Count(text string) int { return len(text) }\n");
        await PrepareAsync();

        Edit("pkg/main.go", "\"a\"", "\"ab\"");
        Assert.True((await BuildAsync())!.Success);
        Assert.Equal("hello 2", await RunAsync());
        Edit("pkg/words/words.go", "len(text)", "0");
        Assert.Null(await BuildAsync());
    }

    [Fact]
    [NotInWine("there is no C compiler in it")]
    public async Task A_package_with_assembler_or_cgo_is_for_go()
    {
        Project.Write(
            "pkg/words/words.go", "package words\n\nimport \"example.com/p/pkg/c\"\n\nconst Greeting = " +
            "\"hello\"\n\nfunc Count(text string) int\n\nvar C = c.C()\n");
        Project.Write(
            "pkg/words/count.s", "#include \"textflag.h\"\nTEXT ·Count(SB), NOSPLIT, $0-24\n\tMOVQ text_len+8(FP), " +
            "AX\n\tMOVQ AX, ret+16(FP)\n\tRET\n");
        Project.Write(
            "pkg/c/c.go",
            "package c\n\n// int c() { return 1; }\nimport \"C\"\n\nfunc C() int { return int(C.c()) }\n"
        );
        Assert.SkipUnless(
            RuntimeInformation.ProcessArchitecture == Architecture.X64, "the assembler file is for amd64");
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
            Project.Write(
                $"pkg/n{number}/n.go", $"package n{number}\n\nimport \"example.com/p/pkg/words\"\n\nvar N = " +
                $"words.Greeting + \"{number}\"\n");
            imports.Append("import _ \"example.com/p/pkg/n").Append(number).Append("\"\n");
        }

        Project.Write("pkg/all.go", $"package main\n\n{imports}");
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
        var cache = Project["cache"];
        await PrepareAsync(
            request => request with { Environment = new Dictionary<string, string?> { ["GOCACHE"] = cache } });
        Directory.Delete(cache, recursive: true);

        Edit("pkg/main.go", "\"a\"", "\"b\"");

        Assert.Null(await BuildAsync());
    }

    [Fact]
    public async Task With_output_of_the_compiler_that_go_repeats_it_is_for_go()
    {
        await PrepareAsync(request => request with { Options = new() { GcFlags = "-m" } });

        Edit("pkg/main.go", "\"a\"", "\"b\"");

        Assert.Null(await BuildAsync());
    }

    [Fact]
    public async Task A_go_that_says_nothing_in_events_is_not_asked_again()
    {
        await PrepareAsync();
        var listing = await GoLister.ListAsync(Request!, Project["tmp"], GoProject.Cancellation);
        var old = Project.Request(Project.Fake("[ \"$1\" = env ] && echo '{}' || echo 'mkdir -p $WORK/b001/'"));

        Assert.Null(await IncrementalBuilder.PrepareAsync(
            old, DateTimeOffset.UtcNow, listing!, Project["tmp"], GoProject.Cancellation));
    }
}
