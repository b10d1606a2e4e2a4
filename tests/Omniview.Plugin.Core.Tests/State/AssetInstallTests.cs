using System.Collections.Concurrent;
using System.Diagnostics;
using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Tests.State;

public sealed class AssetInstallTests : IDisposable
{
    private readonly PluginFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Removes_what_the_new_build_no_longer_has_and_the_folders_that_leaves_empty()
    {
        _fixture.Install();
        _fixture.Build("2", "entry.js", "chunk-2.js");

        Assert.True(_fixture.Install().AssetsChanged);

        Assert.Equal(["chunk-2.js", "entry.js"], _fixture.InstalledAssets());
        Assert.False(Directory.Exists(Path.Combine(_fixture.Plugin.AssetsDirectory, "deep")));
    }

    [Fact]
    public void Reports_a_change_when_files_only_went_away()
    {
        _fixture.Install();
        File.Delete(Path.Combine(_fixture.Assets, "chunk-1.js"));

        Assert.True(_fixture.Install().AssetsChanged);
        Assert.Equal(["deep/er/font.woff2", "entry.js"], _fixture.InstalledAssets());
    }

    [Fact]
    public async Task Puts_the_manifest_first_then_chunks_then_the_entry_then_the_binary_and_removes_last()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux(), "inotify tells the order across folders; other systems' watchers do not " +
                "promise one");
        _fixture.Install();
        _fixture.Build("2", "entry.js", "chunk-2.js", "zz.css");
        var seen = new ConcurrentQueue<string>();
        var removed = new TaskCompletionSource();
        using var watcher = new FileSystemWatcher(_fixture.Plugin.Directory)
        {
            IncludeSubdirectories = true,
            NotifyFilter = NotifyFilters.FileName,
        };
        watcher.Created += (_, e) => See('+', e.Name); // moved from a folder that is not watched yet
        watcher.Deleted += (_, e) => See('-', e.Name);
        watcher.Renamed += (_, e) =>
        {
            See('-', e.OldName);
            See('+', e.Name);
        };
        watcher.EnableRaisingEvents = true;

        _fixture.Install();
        await removed.Task.WaitAsync(Limits.Wait, TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                "+plugin.yaml",
                "+assets/chunk-2.js",
                "+assets/zz.css",
                "+assets/entry.js",
                "+bin/plugin",
                "-assets/chunk-1.js",
                "-assets/deep/er/font.woff2",
            ],
            seen);

        void See(char sign, string? name)
        {
            if (!name!.StartsWith(".ovp.", StringComparison.Ordinal))
            {
                seen.Enqueue($"{sign}{name}");
                if (name.EndsWith("font.woff2", StringComparison.Ordinal))
                {
                    removed.TrySetResult();
                }
            }
        }
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("entry.js")]
    [NotInWine("it makes no symbolic links")]
    public void Refuses_links_among_the_built_assets(string target)
    {
        _fixture.Install();
        var before = _fixture.Snapshot();
        File.CreateSymbolicLink(Path.Combine(_fixture.Assets, "deep", "link.js"), target);

        var problem = Assert.Throws<DiagnosticException>(() => _fixture.Install()).Diagnostic;

        Assert.Equal("OVP4002", problem.Code);
        Assert.Contains("link.js", problem.Message, StringComparison.Ordinal);
        Assert.Equal(before, _fixture.Snapshot());
    }

    [Fact]
    public async Task Waits_for_no_named_pipe_among_the_built_assets()
    {
        Assert.SkipUnless(!OperatingSystem.IsWindows(), "has no named pipes in folders");
        _fixture.Install();
        var before = _fixture.Snapshot();
        await Process.Start("mkfifo", [Path.Combine(_fixture.Assets, "pipe.js")]).WaitForExitAsync(
            TestContext.Current.CancellationToken);

        var problem = Assert.Throws<DiagnosticException>(() => _fixture.Install()).Diagnostic;

        Assert.Equal("OVP4002", problem.Code);
        Assert.Contains("is a named pipe", problem.Message, StringComparison.Ordinal);
        Assert.Equal(before, _fixture.Snapshot());
    }

    [Fact]
    [NotInWine("it makes no symbolic links")]
    public void Removes_a_link_among_installed_assets_and_not_what_it_points_to()
    {
        _fixture.Install();
        var theirs = _fixture.Write("elsewhere/file", "theirs");
        Directory.CreateSymbolicLink(Path.Combine(_fixture.Plugin.AssetsDirectory, "out"), _fixture["elsewhere"]);
        File.Delete(Path.Combine(_fixture.Plugin.AssetsDirectory, "entry.js"));
        File.CreateSymbolicLink(Path.Combine(_fixture.Plugin.AssetsDirectory, "entry.js"), theirs);

        _fixture.Install();

        Assert.Equal("theirs", File.ReadAllText(theirs));
        Assert.False(Path.Exists(Path.Combine(_fixture.Plugin.AssetsDirectory, "out")));
        Assert.Equal("entry.js 1", File.ReadAllText(Path.Combine(_fixture.Plugin.AssetsDirectory, "entry.js")));
    }
}
