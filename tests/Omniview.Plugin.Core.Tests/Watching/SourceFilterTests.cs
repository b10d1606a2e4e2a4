using Omniview.Plugin.Core.Go.Building;
using Omniview.Plugin.Core.Watching;

namespace Omniview.Plugin.Core.Tests.Watching;

public sealed class SourceFilterTests
{
    private readonly SourceFilter _filter = new(P("/projects/a b"));

    [Theory]
    [InlineData("go.mod")]
    [InlineData("go.sum")]
    [InlineData("go.work")]
    [InlineData("go.work.sum")]
    [InlineData("plugin.yaml")]
    [InlineData("main.go")]
    [InlineData("pkg/main.go")]
    [InlineData("pkg/a/b/c.go")]
    [InlineData("pkg/build/x.go")]
    [InlineData("pkg/asm_amd64.s")]
    [InlineData("internal/x.go")]
    [InlineData("cmd/tool/main.go")]
    [InlineData("vendor/modules.txt")]
    public void What_may_change_the_backend_matters(string path) =>
        Assert.True(_filter.Matters(P($"/projects/a b/{path}")));

    [Theory]
    [InlineData("README.md")]
    [InlineData("Plugin.csproj")]
    [InlineData("main_test.go")]
    [InlineData("pkg/main_test.go")]
    [InlineData("pkg/testdata/golden.txt")]
    [InlineData("pkg/_old/x.go")]
    [InlineData("pkg/.hidden/x.go")]
    [InlineData("pkg/.x.go")]
    [InlineData("pkg/web/index.html")]
    [InlineData("pkg/LICENSE")]
    [InlineData("api/v1/service.proto")]
    [InlineData("data/disk.img")]
    [InlineData("pkg/_x.go")]
    [InlineData("ui/src/entry.ts")]
    [InlineData("ui/x.go")]
    [InlineData("node_modules/a/a.go")]
    [InlineData("pkg/web/node_modules/a/a.go")]
    [InlineData("build/bin/plugin")]
    [InlineData("bin/Debug/x.go")]
    [InlineData("obj/omniview/x.go")]
    [InlineData("artifacts/x.go")]
    [InlineData(".git/index")]
    [InlineData(".vscode/settings.json")]
    [InlineData("pkg/.main.go.swp")]
    [InlineData("pkg/.#main.go")]
    [InlineData("pkg/#main.go#")]
    [InlineData("pkg/main.go~")]
    [InlineData("pkg/main.go.swp")]
    [InlineData("pkg/main.go.tmp")]
    [InlineData("pkg/main.go.bak")]
    [InlineData("pkg/main.go.orig")]
    [InlineData("pkg/main.go___jb_tmp___")]
    [InlineData("pkg/main.go___jb_old___")]
    [InlineData("pkg/4913")]
    [InlineData("../other/main.go")]
    [InlineData("..")]
    [InlineData("")]
    public void What_cannot_does_not_unless_it_is_named(string path)
    {
        var file = Path.GetFullPath(P($"/projects/a b/{path}"));

        Assert.False(_filter.Matters(file));
        Assert.True(new SourceFilter(P("/projects/a b"), file) { Set = Nothing }.Matters(file));
    }

    [Theory]
    [InlineData("pkg/new-folder", true)]
    [InlineData("ui/new-folder", false)]
    [InlineData("pkg/.git", false)]
    public void A_folder_that_goes_may_have_held_sources(string path, bool may) =>
        Assert.Equal(may, _filter.MayHoldSources(P($"/projects/a b/{path}")));

    private static string P(string path) => path.Replace('/', Path.DirectorySeparatorChar);

    [Fact]
    public void What_a_go_file_embeds_matters_also_when_it_is_not_there_yet()
    {
        _filter.Embed([P("/projects/a b/pkg/web"), P("/projects/a b/pkg/one.json")]);

        Assert.True(_filter.Matters(P("/projects/a b/pkg/one.json")));
        Assert.True(_filter.Matters(P("/projects/a b/pkg/web/deep/index.html")));
        Assert.False(_filter.Matters(P("/projects/a b/pkg/two.json")));
    }

    [Fact]
    public void What_the_program_was_made_of_matters_also_when_it_is_no_longer_sure()
    {
        _filter.Set = Nothing with { Embedded = new HashSet<string> { "/elsewhere/text.txt" } };
        _filter.Set = null;

        Assert.True(_filter.Matters("/elsewhere/text.txt"));
        Assert.True(_filter.Matters(P("/projects/a b/pkg/main.go")));
    }

    private static readonly GoSourceSet Nothing = new(
        new HashSet<string>(), new HashSet<string>(), [], new HashSet<string>());
}
