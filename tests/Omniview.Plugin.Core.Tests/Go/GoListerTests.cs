using Omniview.Plugin.Core.Go.Building;
using Omniview.Plugin.Core.Go.Commands;
using Omniview.Plugin.Core.Go.Toolchain;

namespace Omniview.Plugin.Core.Tests.Go;

/// <summary>With the real go.</summary>
public sealed class GoListerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_program_is_made_of_its_packages_of_what_they_embed_and_of_its_module_files()
    {
        Write("plugin/go.mod", "module example.com/p\n\ngo 1.25\n");
        Write(
            "plugin/pkg/main.go",
            "package main\n\nimport (\n\t\"embed\"\n\n\t_ \"example.com/p/internal/used\"\n)\n\n" +
            "//go:embed web *.txt one.json\nvar files embed.FS\n\nfunc main() {}\n");
        Write("plugin/pkg/web/index.html", "");
        Write("plugin/pkg/a.txt", "");
        Write("plugin/pkg/one.json", "");
        Write("plugin/internal/used/x.go", "package used\n");
        Write("plugin/internal/unused/x.go", "package unused\n");

        var set = await ListAsync();

        Assert.Equal(["internal/used", "pkg"], Relative(set.Folders));
        Assert.True(set.Contains(_folder["plugin/pkg/new.go"]));
        Assert.True(set.Contains(_folder["plugin/internal/used/asm_amd64.s"]));
        Assert.True(set.Contains(_folder["plugin/pkg/web/index.html"]));
        Assert.True(set.Contains(_folder["plugin/pkg/web/deep/new.css"]));
        Assert.True(set.Contains(_folder["plugin/pkg/a.txt"]));
        Assert.True(set.Contains(_folder["plugin/pkg/one.json"]));
        Assert.True(set.Contains(_folder["plugin/go.mod"]));
        Assert.True(set.Contains(_folder["plugin/internal"])); // as a folder that goes or comes
        Assert.False(set.Contains(_folder["plugin/pkg/x_test.go"]));
        Assert.False(set.Contains(_folder["plugin/internal/unused/x.go"]));
        Assert.False(set.Contains(_folder["plugin/internal/used/README.md"]));
        Assert.False(set.Contains(_folder["plugin/ui/src/App.tsx"]));
    }

    [Fact]
    public async Task Replaced_modules_and_those_of_a_workspace_belong_to_it()
    {
        Write("go.work", "go 1.25\n\nuse (\n\t./plugin\n\t./beside\n)\n");
        Write("beside/go.mod", "module example.com/beside\n\ngo 1.25\n");
        Write("beside/b/b.go", "package b\n");
        Write("replaced/go.mod", "module example.com/replaced\n\ngo 1.25\n");
        Write("replaced/r.go", "package replaced\n");
        Write(
            "plugin/go.mod", "module example.com/p\n\ngo 1.25\n\nrequire example.com/replaced v0.0.0\n\nreplace " +
            "example.com/replaced => ../replaced\n");
        Write(
            "plugin/pkg/main.go", "package main\n\nimport (\n\t_ \"example.com/beside/b\"\n\t_ " +
            "\"example.com/replaced\"\n)\n\nfunc main() {}\n");

        var set = await ListAsync();

        Assert.Equal(["../beside/b", "../replaced", "pkg"], Relative(set.Folders));
        Assert.Equal(
            [
                "../beside/go.mod",
                "../beside/go.sum",
                "../go.work",
                "../go.work.sum",
                "../replaced/go.mod",
                "../replaced/go.sum",
                "go.mod",
                "go.sum",
            ],
            Relative(set.ModuleFiles));
        Assert.Equal(_folder["replaced"], set.ModuleOf(_folder["replaced"]));
        Assert.Equal(_folder["beside"], set.ModuleOf(_folder["beside/b"]));
    }

    [Fact]
    [NotInWine("it makes no symbolic links")]
    public async Task A_package_behind_a_link_is_there_under_both_names()
    {
        Write("plugin/go.mod", "module example.com/p\n\ngo 1.25\n");
        Write("plugin/pkg/main.go", "package main\n\nimport _ \"example.com/p/linked/x\"\n\nfunc main() {}\n");
        Write("elsewhere/x/x.go", "package x\n");
        Directory.CreateSymbolicLink(_folder["plugin/linked"], _folder["elsewhere"]);

        Assert.Equal(["../elsewhere/x", "linked/x", "pkg"], Relative((await ListAsync()).Folders));
    }

    [Fact]
    public async Task Of_a_program_with_an_import_that_leads_nowhere_not_everything_is_known()
    {
        Write("plugin/go.mod", "module example.com/p\n\ngo 1.25\n");
        Write("plugin/pkg/main.go", "package main\n\nimport _ \"example.com/p/missing\"\n\nfunc main() {}\n");

        Assert.Null(await TryListAsync());
    }

    private void Write(string file, string text) => _folder.Write(file, text);

    private async Task<GoSourceSet> ListAsync() =>
        await TryListAsync() ?? throw new InvalidOperationException("go could not say");

    private async Task<GoSourceSet?> TryListAsync()
    {
        var project = _folder["plugin"];
        var request = new GoBuildRequest
        {
            Toolchain = await GoToolchain.FindAsync(project, null, TestContext.Current.CancellationToken),
            ProjectDirectory = project,
            Output = Path.Combine(project, "build/bin/plugin"),
        };
        return (await GoLister.ListAsync(request, _folder["work"], TestContext.Current.CancellationToken))?.Sources;
    }

    private IEnumerable<string> Relative(IEnumerable<string> paths) =>
        paths
            .Select(path => Path.GetRelativePath(_folder["plugin"], path).Replace(Path.DirectorySeparatorChar, '/'))
            .Order(StringComparer.Ordinal);
}
