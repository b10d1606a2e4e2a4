using System.Diagnostics;
using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Tests.Processes;

/// <summary>A folder of records, and a process that none of them may cost its life.</summary>
public abstract class GroupReaperTestBase : IDisposable
{
    private static readonly ProcessIdentity Dead = ProcessIdentity.Current with { StartTicks = 1 };

    private readonly Process _innocent = Process.Start("setsid", ["sleep", "300"]);

    /// <summary>Each test's own: what one of them reaps would otherwise be another's.</summary>
    protected string Nonce { get; } = Randomness.Hex(Containment.NonceLength / 2);

    protected TempFolder Folder { get; } = new();

    /// <summary>What the reaper has told.</summary>
    protected List<string> Said { get; } = [];

    private protected ProcessIdentity Innocent => ProcessIdentity.Of(_innocent.Id)!;

    public void Dispose()
    {
        _innocent.Kill();
        _innocent.Dispose();
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected GroupRecord Record(ProcessIdentity? leader) => new("sleep", Nonce, Boot.Id, Dead, leader);

    protected Process StartWithNonce(
        string? nonce = null, string script = "exec sleep 300", string argument = "")
    {
        var info = new ProcessStartInfo("/bin/sh", ["-c", script, argument]);
        info.Environment[Containment.NonceVariable] = nonce ?? Nonce;
        return Process.Start(info)!;
    }

    protected IEnumerable<string?> Files() => Directory.GetFiles(Folder.Path).Select(Path.GetFileName);

    private protected void Write(string name, GroupRecord record) =>
        File.WriteAllBytes(Folder[name + ".group"], record.ToBytes());

    protected async Task ReapAsync() =>
        Assert.True(
            await new GroupReaper(new GroupRecords(Folder.Path), Said.Add).ReapAsync(
                TimeSpan.FromMilliseconds(200), Limits.Wait, TestContext.Current.CancellationToken));

    protected void AssertUntouched() => Assert.False(_innocent.HasExited);
}
