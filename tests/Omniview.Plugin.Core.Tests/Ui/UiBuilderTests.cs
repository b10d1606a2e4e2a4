using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Ui.Building;

namespace Omniview.Plugin.Core.Tests.Ui;

public sealed class UiBuilderTests : IDisposable
{
    private readonly FakeUi _ui = new();

    public void Dispose() => _ui.Dispose();

    [Fact]
    public async Task Installs_builds_and_says_where_the_assets_are()
    {
        var result = await Build();

        Assert.True(result.Success);
        Assert.Equal((
            true, true, _ui.Folder["ui/dist/assets"]), (result.InstallRan, result.BuildRan, result.AssetsDirectory));
        Assert.Empty(result.Diagnostics);
        Assert.StartsWith(
            $"node --enable-source-maps {_ui.Folder["ui/node_modules/vite/bin/vite.js"]} build --outDir ",
            _ui.Tools.Calls[1]);
        Assert.Equal(_ui.Folder["ui"], _ui.Tools.WorkingDirectories[1]);
        Assert.Equal([$"{_ui.Folder["ui/dist/assets/entry.js"]}  0.1 kB"], _ui.Output);
        Assert.Equal(
            ["dist", "node_modules", "package.json", "pnpm-lock.yaml", "src"],
            Directory.EnumerateFileSystemEntries(_ui.Folder["ui"]).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Starts_nothing_when_nothing_changed_not_even_after_a_touch()
    {
        await Build();
        File.SetLastWriteTimeUtc(_ui.Folder["ui/src/entry.ts"], DateTime.UtcNow.AddMinutes(1));

        var result = await Build();

        Assert.Equal((true, false, false), (result.Success, result.InstallRan, result.BuildRan));
        Assert.Equal(2, _ui.Tools.Calls.Length);
    }

    [Theory]
    [InlineData("src/entry.ts")]
    [InlineData("src/new/deep.ts")]
    [InlineData(".env.production")]
    [InlineData("vite.config.ts")]
    [InlineData("node_modules/vite/package.json")]
    [InlineData("dist/assets/entry.js")]
    public async Task Builds_again_after_a_change_of(string file)
    {
        await Build();

        _ui.Folder.Write($"ui/{file}", "changed");

        Assert.Equal((false, true), await Ran());
        Assert.Equal((false, false), await Ran());
    }

    [Theory]
    [InlineData("node_modules/.vite/deps/a.js")]
    [InlineData("node_modules/some/index.js")]
    [InlineData(".git/index")]
    [InlineData(".yarn/install-state.gz")]
    [InlineData("dist/from-a-later-step.txt")]
    public async Task Does_not_build_again_after_a_change_of(string file)
    {
        await Build();

        _ui.Folder.Write($"ui/{file}", "changed");

        Assert.Equal((false, false), await Ran());
    }

    [Fact]
    public async Task Builds_again_after_a_rename_or_a_deleted_output()
    {
        _ui.Folder.Write("ui/src/a.ts", "");
        await Build();

        File.Move(_ui.Folder["ui/src/a.ts"], _ui.Folder["ui/src/b.ts"]);
        Assert.Equal((false, true), await Ran());

        Directory.Delete(_ui.Folder["ui/dist"], recursive: true);
        Assert.Equal((false, true), await Ran());
    }

    [Fact]
    public async Task Builds_again_for_another_mode_environment_or_node()
    {
        await Build();

        _ui.Request = _ui.Request with { Mode = "staging" };
        Assert.Equal((false, true), await Ran());
        Assert.EndsWith(" --mode staging", _ui.Tools.Calls[^1]);

        _ui.Request = _ui.Request with
        {
            Environment = new Dictionary<string, string?>(_ui.Request.Environment) { ["VITE_API"] = "x" },
        };
        Assert.Equal((false, true), await Ran());

        File.SetLastWriteTimeUtc(Path.Combine(_ui.Tools.Folder, "node"), DateTime.UtcNow.AddMinutes(1));
        Assert.Equal((false, true), await Ran());
    }

    [Fact]
    public async Task Builds_again_when_a_linked_package_changes()
    {
        _ui.Folder.Write("ui/package.json", """{ "dependencies": { "@us/kit": "link:../kit" } }""");
        _ui.Folder.Write("kit/package.json", """{ "dependencies": { "core": "link:../core" } }""");
        _ui.Folder.Write("core/index.js", "1");
        Link("ui/node_modules/@us/kit", "kit");
        Link("kit/node_modules/core", "core");
        await Build();

        _ui.Folder.Write("core/index.js", "2");
        Assert.Equal((false, true), await Ran());

        _ui.Folder.Write("unrelated/index.js", "2");
        Assert.Equal((false, false), await Ran());
    }

    [Fact]
    public async Task Links_in_a_circle_and_dangling_ones_are_no_trouble()
    {
        Link("ui/src/up", "ui");
        Link("ui/src/nowhere", "not/there");

        Assert.True((await Build()).Success);
        Assert.Equal((false, false), await Ran());
    }

    [Fact]
    public async Task A_failed_build_leaves_the_last_good_output_and_its_stamp()
    {
        await Build();
        _ui.Folder.Write("ui/src/entry.ts", "BROKEN");

        var result = await Build();

        Assert.Equal((false, true), (result.Success, result.BuildRan));
        var problem = Assert.Single(result.Diagnostics);
        Assert.Equal(DiagnosticCodes.ViteBuildFailed, problem.Code);
        Assert.EndsWith($"BROKEN in {_ui.Folder["ui"]}", problem.Message);
        Assert.EndsWith("one", _ui.Entry);

        _ui.Folder.Write("ui/src/entry.ts", "one");
        Assert.Equal((false, false), await Ran());
    }

    [Fact]
    public async Task Output_that_Omniview_cannot_load_does_not_replace_the_last_good_one()
    {
        await Build();
        var config = _ui.Folder.Write("ui/vite.config.mts", "");
        _ui.Tools.Add("node", "mkdir -p \"$5/assets\"; echo 'export {}' > \"$5/assets/entry.js\"");

        var problem = Assert.Single((await Build()).Diagnostics);

        Assert.Equal((DiagnosticCodes.EntryNotSystemJs, config), (problem.Code, problem.File));
        Assert.EndsWith("one", _ui.Entry);
    }

    [Fact]
    public async Task Warnings_name_the_file_where_it_is_and_are_repeated_by_a_build_that_does_nothing()
    {
        _ui.Tools.Add(
            "node", "mkdir -p \"$5/assets\"; echo 'System.register([])' > \"$5/assets/entry.js\"; touch " +
            "\"$5/assets/x.wasm\"");

        var first = await Build();
        var second = await Build();

        Assert.True(first.Success);
        Assert.Equal(_ui.Folder["ui/dist/assets/x.wasm"], Assert.Single(first.Diagnostics).File);
        Assert.Equal((false, first.Diagnostics[0]), (second.BuildRan, Assert.Single(second.Diagnostics)));
    }

    [Fact]
    public async Task What_a_killed_build_left_is_put_right()
    {
        await Build();
        Directory.Move(_ui.Folder["ui/dist"], _ui.Folder["ui/.dist.omniview-old"]);
        _ui.Folder.Write("ui/.dist.omniview-new/assets/half.js", "");

        Assert.Equal((false, false), await Ran());
        Assert.EndsWith("one", _ui.Entry);
        Assert.Empty(Directory.EnumerateDirectories(_ui.Folder["ui"], ".dist*"));
    }

    [Fact]
    public async Task Cancelling_ends_Vite_and_leaves_the_last_good_output()
    {
        await Build();
        _ui.Folder.Write("ui/src/entry.ts", "two");
        _ui.Tools.Add("node", "mkdir -p \"$5/assets\"; echo started; exec sleep 1000");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var builder = new UiBuilder(_ => stop.Cancel());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => builder.BuildAsync(_ui.Request, stop.Token));

        Assert.EndsWith("one", _ui.Entry);
        Assert.Empty(Directory.EnumerateDirectories(_ui.Folder["ui"], ".dist*"));
    }

    [Fact]
    public async Task No_Vite_after_the_install_is_OVP5006()
    {
        _ui.Tools.Add("pnpm", "mkdir -p node_modules");

        var result = await Build();

        Assert.Equal((false, true, false), (result.Success, result.InstallRan, result.BuildRan));
        Assert.Equal(DiagnosticCodes.ViteNotInstalled, Assert.Single(result.Diagnostics).Code);
    }

    private Task<UiBuildResult> Build() => _ui.BuildAsync(TestContext.Current.CancellationToken);

    private async Task<(bool Install, bool Build)> Ran()
    {
        var result = await Build();
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return (result.InstallRan, result.BuildRan);
    }

    private void Link(string link, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_ui.Folder[link])!);
        Directory.CreateSymbolicLink(_ui.Folder[link], _ui.Folder[target]);
    }
}
