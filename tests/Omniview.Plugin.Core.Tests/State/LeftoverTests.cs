using System.Diagnostics;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Tests.Processes;

namespace Omniview.Plugin.Core.Tests.State;

/// <summary>What a killed install leaves, and what the next one does about it.</summary>
public sealed class LeftoverTests : IDisposable
{
    private readonly PluginFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("bin")]
    [InlineData("assets")]
    [InlineData("assets/deep")]
    public async Task Removes_temporaries_of_the_dead_and_the_old(string folder)
    {
        _fixture.Install();
        var before = _fixture.Snapshot();
        var dead = Temporary(folder, await EndedProcessAsync());
        var noOnes = Temporary(folder, 0);
        await using var other = ManagedProcess.Start(TestTool.Spec("sleep"), _ => { });
        var old = Temporary(folder, other.Id); // whose number it was is another's by now
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddMinutes(-11));

        _fixture.Install();

        await other.StopAsync(TimeSpan.Zero);
        Assert.False(File.Exists(dead) || File.Exists(noOnes) || File.Exists(old));
        Assert.Equal(before, _fixture.Snapshot());
    }

    [Theory]
    [InlineData(".ovp-x.tmp")]
    [InlineData(".ovp-1-short.tmp")]
    [InlineData("my.ovp-0-0123456789abcdef.tmp")]
    public void Leaves_temporaries_of_others(string name)
    {
        var theirs = _fixture.WriteInstalled(Path.Combine("bin", name), "theirs");
        File.SetLastWriteTimeUtc(theirs, DateTime.UtcNow.AddYears(-1));

        _fixture.Install();

        Assert.True(File.Exists(theirs));
    }

    [Fact]
    public void Leaves_what_is_being_written_now()
    {
        var fresh = Temporary("bin", Environment.ProcessId);

        _fixture.Install();

        Assert.True(File.Exists(fresh));
    }

    [Fact]
    public async Task Completes_an_install_that_was_killed_between_two_renames()
    {
        _fixture.Install();
        _fixture.Build("2", "entry.js", "chunk-2.js");
        var writer = await EndedProcessAsync();
        File.Copy(_fixture.Manifest, _fixture.Plugin.ManifestFile, overwrite: true);
        Temporary("assets", writer);
        Temporary("bin", writer);

        _fixture.Install();

        Assert.Equal(
            "binary 2", await File.ReadAllTextAsync(_fixture.InstalledBinary, TestContext.Current.CancellationToken));
        Assert.Equal(["chunk-2.js", "entry.js"], _fixture.InstalledAssets());
        Assert.Empty(_fixture.Temporaries());
    }

    private string Temporary(string folder, int writer) =>
        _fixture.WriteInstalled(Path.Combine(
            folder, $".ovp-{writer}-{Guid.NewGuid():N}"[..(6 + $"{writer}".Length + 16)] + ".tmp"), "half");

    private static async Task<int> EndedProcessAsync()
    {
        using var process = Process.Start(
            new ProcessStartInfo(Environment.ProcessPath!, "--version")
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.Id;
    }
}
