using Omniview.Plugin.Core.Go.Building;
using Omniview.Plugin.Core.Go.Incremental;

namespace Omniview.Plugin.Core.Tests.Go.Incremental;

public sealed class IncrementalBuilderTests : IncrementalProject
{
    [Theory]
    [InlineData(false, "")]
    [InlineData(true, "")]
    [InlineData(false, "-tags=x")]
    [InlineData(false, "-race")]
    public async Task The_program_is_the_one_go_build_makes_byte_for_byte_but_for_its_build_id(
        bool debuggable, string argument)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && argument == "-race", "-race needs a C compiler on Windows");
        await PrepareAsync(request =>
            request with
            {
                Options = new()
                {
                    Debuggable = debuggable,
                    ExtraArguments = argument.Length > 0 ? [argument] : [],
                },
            });
        Edit("pkg/words/words.go", "hello", "good evening");
        Edit("pkg/main.go", "\"a\"", "\"four\"");

        Assert.True((await BuildAsync())!.Success);

        var ours = Keep();
        await GoBuildAsync();
        Assert.True(GoBuildId.IsOnlyDifference(ours, Program));
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
            Project.Write("pkg/words/words.go", Words.Replace("hello", word, StringComparison.Ordinal));
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

        Edit(
            "pkg/words/words.go", "counted++", "counted += 2 // defer keeps it from being inlined, so importers see " +
            "nothing of it");
        var result = await BuildAsync();

        Assert.True(result!.Success);
        // one for each package that is compiled
        Assert.Single(Directory.EnumerateFiles(Project["tmp"], "*.importcfg", SearchOption.AllDirectories));
        Assert.Equal("hello 2", await RunAsync());
    }

    [Fact]
    public async Task A_comment_leaves_the_program_as_it_is()
    {
        await PrepareAsync();
        Edit("pkg/main.go", "\"a\"", "\"ab\"");
        Assert.True((await BuildAsync())!.Success);
        var before = File.GetLastWriteTimeUtc(Program);

        Edit("pkg/main.go", "words.Count(\"ab\")) }", "words.Count(\"ab\")) } // said");
        var result = await BuildAsync();

        Assert.True(result!.Success);
        Assert.Equal(before, File.GetLastWriteTimeUtc(Program));
        Assert.Null(result.Linking);
    }

    [Fact]
    public async Task A_mistake_is_told_as_go_build_tells_it_and_leaves_the_program_as_it_is()
    {
        await PrepareAsync();
        var before = File.ReadAllBytes(Program);

        Edit("pkg/words/words.go", "return counted", "return conted");
        Edit("pkg/main.go", "words.Greeting,", "words.Greting, gone,");
        var refused = await BuildAsync();

        var told = Project.Lines.Select(line => line.Text).ToList();
        Project.Lines.Clear();
        var byGo = await Project.BuildAsync(Request!);
        Assert.False(refused!.Success);
        Assert.Equal(byGo.Diagnostics, refused.Diagnostics);
        Assert.Equal(Project.Lines.Select(line => line.Text), told);
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
        var building = Builder!.BuildAsync(_ => { }, superseded.Token);
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

        Assert.NotEqual(
            await File.ReadAllBytesAsync(ours, GoProject.Cancellation),
            await File.ReadAllBytesAsync(Program, GoProject.Cancellation));
        Assert.True(GoBuildId.IsOnlyDifference(ours, Program));
        Edit("pkg/main.go", "\"ab\"", "\"ba\"");
        await GoBuildAsync();
        Assert.False(GoBuildId.IsOnlyDifference(ours, Program));
    }

    [Fact]
    public async Task Two_programs_of_ours_say_they_are_two()
    {
        await PrepareAsync();
        Edit("pkg/main.go", "\"a\"", "\"b\"");
        Assert.True((await BuildAsync())!.Success);
        var first = await Project.GoAsync("tool", "buildid", Program);
        Edit("pkg/main.go", "\"b\"", "\"c\"");
        Assert.True((await BuildAsync())!.Success);

        Assert.StartsWith("omniview", first, StringComparison.Ordinal);
        Assert.NotEqual(first, await Project.GoAsync("tool", "buildid", Program));
    }

    [Fact]
    public async Task A_plan_of_thousands_of_packages_is_read_too()
    {
        await PrepareAsync();
        var listing = await GoLister.ListAsync(Request!, Project["tmp"], GoProject.Cancellation);
        var modules = Enumerable
            .Range(0, 3000)
            .Select(number => new GoListedPackage(
                $"example.com/module/with/a/long/name/package{number}", Project["x.a"], "", false))
            .ToList();
        var plan = await Project.GoAsync("build", "-json", "-n", "-a", "-o", "x", "./pkg");
        Project.Write(
            "fake/plan", plan.Replace("modinfo ", string.Concat(modules.Select(module => "packagefile " +
            $"{module.ImportPath}=$WORK/b001/_pkg_.a\\n")) + "modinfo ", StringComparison.Ordinal) + "\n");
        var large = Project.Request(Project.Fake(
            "if [ $1 = env ]; then exec go \"$@\"; fi; exec cat \"$(dirname \"$0\")/plan\""));

        // a package nobody knows where to find
        Assert.Null(await IncrementalBuilder.PrepareAsync(
            large, DateTimeOffset.UtcNow, listing!, Project["tmp"], GoProject.Cancellation));
        using var builder = await IncrementalBuilder.PrepareAsync(
            large,
            DateTimeOffset.UtcNow,
            listing! with
            {
                Packages = [.. listing.Packages, .. modules],
            },
            Project["tmp"],
            GoProject.Cancellation);
        Assert.NotNull(builder);
    }
}
