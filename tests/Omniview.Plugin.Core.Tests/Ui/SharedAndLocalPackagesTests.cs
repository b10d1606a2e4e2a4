using Omniview.Plugin.Core.Ui.Packages;

namespace Omniview.Plugin.Core.Tests.Ui;

/// <summary>A node_modules of several UIs, and packages that come from this machine.</summary>
public sealed class SharedAndLocalPackagesTests : IDisposable
{
    private readonly FakeUi _ui = new();

    public void Dispose() => _ui.Dispose();

    [Theory]
    [InlineData("lib/index.js")]
    [InlineData("lib/src/deep.js")]
    [InlineData("lib.tgz")]
    [InlineData("other.tgz")]
    [InlineData("ui/patches/react.patch")]
    [InlineData("fixes/vite.patch")]
    [InlineData("ui/fixes/named.diff")]
    public async Task Installs_again_when_a_file_of_this_machine_that_it_copies_has_changed(string file)
    {
        _ui.Folder.Write(
            "ui/package.json",
            """
            { "devDependencies": { "vite": "7", "lib": "file:../lib", "packed": "file:../lib.tgz", "x": "../other.tgz" },
              "pnpm": { "patchedDependencies": { "a@1": "fixes/named.diff" } } }
            """);
        _ui.Folder.Write("ui/pnpm-workspace.yaml", "patchedDependencies:\n  vite@7: ../fixes/vite.patch\n");
        _ui.Folder.Write(file, "one");
        await Install();
        Assert.False(await Install());

        _ui.Folder.Write(file, "two");

        Assert.True(await Install());
        Assert.False(await Install());
    }

    [Theory]
    [InlineData("lib/node_modules/x/index.js")]
    [InlineData("lib/.git/index")]
    [InlineData("linked/index.js")]
    [UnixOnly("the link is one of Unix")]
    public async Task Does_not_install_for_what_an_install_does_not_copy(string file)
    {
        _ui.Folder.Write(
            "ui/package.json",
            """{ "devDependencies": { "vite": "7", "lib": "file:../lib", "linked": "file:../linked" } }""");
        _ui.Folder.Write("lib/index.js", "one");
        _ui.Folder.Write(file, "one");
        Directory.CreateDirectory(_ui.Folder["ui/node_modules"]);
        Directory.CreateDirectory(_ui.Folder["linked"]);
        File.CreateSymbolicLink(_ui.Folder["ui/node_modules/linked"], "../../linked"); // as npm has it
        await Install();

        _ui.Folder.Write(file, "two");

        Assert.False(await Install());
    }

    [Fact]
    [UnixOnly("the link is one of Unix")]
    public async Task A_folder_that_the_install_links_is_installed_once()
    {
        _ui.Folder.Write("ui/package.json", """{ "devDependencies": { "lib": "file:../lib" } }""");
        _ui.Folder.Write("lib/index.js", "one");
        _ui.Tools.Add("pnpm", "mkdir -p node_modules; ln -sfn ../../lib node_modules/lib"); // as npm does

        Assert.True(await Install());
        Assert.False(await Install());
    }

    [Fact]
    public async Task Nobody_else_installs_into_the_same_node_modules_meanwhile()
    {
        _ui.Folder.Write("package.json", """{ "workspaces": ["ui", "other"] }""");
        _ui.Folder.Write("other/package.json", "{}");
        _ui.Folder.Write("other/pnpm-lock.yaml", "lockfileVersion: '9.0'\n");
        var busy = _ui.Folder["busy"];
        _ui.Tools.Add("pnpm", $"mkdir '{busy}' || exit 9; sleep 0.3; rmdir '{busy}'; mkdir -p node_modules");
        var other = _ui.Request with
        {
            Ui = new UiProject(_ui.Folder["other"], _ui.Folder.Path),
            StampDirectory = _ui.Folder["obj/other"],
        };
        var cancellation = TestContext.Current.CancellationToken;

        var both = await Task.WhenAll(
            Install(), new UiInstaller(_ => { }).EnsureInstalledAsync(other, cancellation));

        Assert.Equal([true, true], both);
        Assert.DoesNotContain(
            Directory.EnumerateFiles(_ui.Folder.Path), file => file.EndsWith(".lock", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_member_does_not_take_away_what_npm_ci_has_installed_for_all()
    {
        File.Delete(_ui.Folder["ui/pnpm-lock.yaml"]);
        _ui.Folder.Write("package.json", """{ "workspaces": ["ui", "other"] }""");
        _ui.Folder.Write(
            "package-lock.json", """{ "packages": { "": {}, "ui": {}, "other": {}, "node_modules/x": {} } }""");
        _ui.Folder.Write("other/package.json", "{}");
        _ui.Tools.Add(
            "npm", $"rm -rf '{_ui.Folder["node_modules"]}'; mkdir '{_ui.Folder["node_modules"]}'");
        _ui.Request = _ui.Request with { Frozen = true };
        var other = _ui.Request with
        {
            Ui = new UiProject(_ui.Folder["other"], _ui.Folder.Path),
            StampDirectory = _ui.Folder["obj/other"],
        };
        var cancellation = TestContext.Current.CancellationToken;

        Assert.True(await Install());
        Assert.False(await new UiInstaller(_ => { }).EnsureInstalledAsync(other, cancellation));
        _ui.Folder.Write("other/package.json", """{ "dependencies": { "x": "1" } }""");

        Assert.True(await new UiInstaller(_ => { }).EnsureInstalledAsync(other, cancellation));
        Assert.Equal(["npm ci", "npm ci"], _ui.Tools.Calls);
    }

    private Task<bool> Install() => _ui.InstallAsync(TestContext.Current.CancellationToken);
}
