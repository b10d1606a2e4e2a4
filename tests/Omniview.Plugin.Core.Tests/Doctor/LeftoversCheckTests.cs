using System.Diagnostics;
using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Install;
using Omniview.Plugin.Core.State;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.Core.Tests.Doctor;

[UnixOnly("the tools examined are shell scripts")]
public sealed class LeftoversCheckTests : IDisposable
{
    private readonly ExaminedProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public async Task What_a_dead_host_and_a_dead_plugin_have_left_is_told_and_left_there()
    {
        using var ended = Process.Start("true");
        await ended.WaitForExitAsync(TestContext.Current.CancellationToken);
        var devInfo = Path.Combine(_project.State, "plugins", "examined", ".devinfo");
        new DevInfoFile(ended.Id, "grpc", 1, "127.0.0.1:1").Write(devInfo);
        var host = new HostDirectory(_project.State);
        host.Create();
        (HostRecord.OfThisProcess(1234, host.Token(1234)) with { Pid = ended.Id, StartTicks = 1 })
            .Write(host.Record(1234));
        HostRecord.OfThisProcess(1235, host.Token(1235)).Write(host.Record(1235)); // one that lives

        var findings = await _project.FindAsync(DiagnosticCodes.LeftoversOfDeadHost);

        Assert.Equal([host.Record(1234), devInfo], findings.Select(finding => finding.Problem.File));
        Assert.All(findings, finding => Assert.True(File.Exists(finding.Problem.File)));
    }

    [Fact]
    public async Task An_install_that_was_killed_half_way_is_taken_back_and_told()
    {
        var plugin = new InstalledPlugin(_project.State, "examined");
        var staging = new StagingFolder(plugin.Directory);
        Directory.CreateDirectory(plugin.AssetsDirectory);
        await File.WriteAllTextAsync(plugin.ManifestFile, "new", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(plugin.AssetsDirectory, "entry.js"), "new", TestContext.Current.CancellationToken);
        staging.Create();
        await File.WriteAllTextAsync(staging.Old(0), "old", TestContext.Current.CancellationToken);
        new CommitJournal(
            [new JournalStep("plugin.yaml", Replaces: true), new JournalStep("assets/entry.js", Replaces: false)],
            ["assets"]
        ).Write(staging, durable: false);

        var finding = Assert.Single(await _project.FindAsync(DiagnosticCodes.LeftoversOfDeadHost));

        Assert.Equal(plugin.Directory, finding.Problem.File);
        Assert.Equal("old", await File.ReadAllTextAsync(plugin.ManifestFile, TestContext.Current.CancellationToken));
        Assert.Equal(
            [plugin.ManifestFile],
            Directory
                .EnumerateFileSystemEntries(plugin.Directory)
                .Where(file => Path.GetFileName(file) != InstallLock.Name));
        Assert.Empty(await _project.FindAsync(DiagnosticCodes.LeftoversOfDeadHost));
    }
}
