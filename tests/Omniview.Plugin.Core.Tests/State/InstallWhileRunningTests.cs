using System.ComponentModel;
using System.Diagnostics;
using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Tests.State;

/// <summary>Installing over a program that runs, and while others start it.</summary>
public sealed class InstallWhileRunningTests : IDisposable
{
    private const int Transfers = 200;

    private readonly PluginFixture _fixture = new();
    private int _starts;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Leaves_the_running_program_running()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "copies a program of Linux");
        File.Copy("/usr/bin/sleep", _fixture.Binary, overwrite: true);
        _fixture.Install();
        await using var running = ManagedProcess.Start(
            new ProcessSpec(_fixture.InstalledBinary, ["600"], "/"), _ => { });

        await File.AppendAllTextAsync(_fixture.Binary, "changed", TestContext.Current.CancellationToken);
        Assert.True(_fixture.Install().BinaryChanged);

        Assert.False(running.Exited.IsCompleted);
        Assert.NotNull(ProcessIdentity.Of(running.Id));
        Assert.Equal(
            await File.ReadAllBytesAsync(_fixture.Binary, TestContext.Current.CancellationToken),
            await File.ReadAllBytesAsync(_fixture.InstalledBinary, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Never_shows_a_starter_a_missing_busy_or_half_program()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "copies a program of Linux");
        var program = await File.ReadAllBytesAsync("/usr/bin/true", TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(_fixture.Binary, program, TestContext.Current.CancellationToken);
        _fixture.Install();
        using var done = new CancellationTokenSource();
        var starters = Enumerable.Range(0, 3).Select(
            _ => Task.Run(() => StartUntil(done.Token), TestContext.Current.CancellationToken)).ToArray();

        for (var transfer = 0; transfer < Transfers || Volatile.Read(ref _starts) < Transfers / 2; transfer++)
        {
            // What follows the last section of an ELF file is not loaded.
            await File.WriteAllBytesAsync(
                _fixture.Binary,
                [.. program, .. new byte[1 + (transfer % 2 * 500_000)]],
                TestContext.Current.CancellationToken);
            Assert.True(_fixture.Install().BinaryChanged);
        }

        await done.CancelAsync();
        var starts = (await Task.WhenAll(starters)).SelectMany(one => one).ToList();
        Assert.Empty(starts.Where(outcome => outcome != "0").Distinct());
    }

    /// <summary>Exit code or what the system says against starting it, once per start.</summary>
    private async Task<List<string>> StartUntil(CancellationToken done)
    {
        var outcomes = new List<string>();
        while (!done.IsCancellationRequested)
        {
            try
            {
                using var process = Process.Start(new ProcessStartInfo(_fixture.InstalledBinary))!;
                await process.WaitForExitAsync(CancellationToken.None);
                outcomes.Add($"{process.ExitCode}");
            }
            catch (Win32Exception e)
            {
                outcomes.Add(e.Message);
            }

            Interlocked.Increment(ref _starts);
        }

        return outcomes;
    }
}
