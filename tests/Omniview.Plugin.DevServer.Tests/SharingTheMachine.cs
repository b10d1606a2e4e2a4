using System.Runtime.InteropServices;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

/// <summary>Other users of the machine, and the user's own files, which are none of the dev host's business.</summary>
public sealed class SharingTheMachine : HostScratch
{
    private const UnixFileMode WriteOfOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    public override ValueTask InitializeAsync()
    {
        Plugins.CopyBackend(Project);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Under_a_umask_of_0_nothing_that_is_made_can_be_written_by_others()
    {
        var before = Everything().ToHashSet(StringComparer.Ordinal);
        var loop = StartCommandLineWith(["/bin/sh", "-c", "umask 0; exec \"$@\"", "sh"], "--dir", Project);
        await loop.WaitForAsync("generation 1");

        Assert.DoesNotContain(
            Everything().Except(before),
            path =>
                !new FileInfo(path).Attributes.HasFlag(FileAttributes.ReparsePoint)
                && (File.GetUnixFileMode(path) & WriteOfOthers) != 0);
        Assert.Contains(HostFiles.Log, Everything());
        loop.Signal(PosixSignal.SIGINT);
        Assert.Equal(0, await loop.ExitAsync());
    }

    [Fact]
    public async Task A_folder_that_a_link_in_the_hosts_own_folder_leads_to_keeps_what_it_has()
    {
        var valuable = Plugins.Write(Root, "valuables/deep/file", "dear");
        HostFiles.Create();
        foreach (var link in new[] { HostFiles.Sockets, HostFiles.Groups, HostFiles.Go })
        {
            Directory.CreateSymbolicLink(link, Path.Combine(Root, "valuables"));
        }

        var dev = await OpenAsync();
        await dev.ReadyAsync(1);
        await dev.DisposeAsync();
        await AssertNothingIsLeftAsync();

        Assert.Equal("dear", await File.ReadAllTextAsync(valuable, Cancellation));
        Assert.Equal(
            [valuable], Directory.EnumerateFiles(Path.Combine(Root, "valuables"), "*", SearchOption.AllDirectories));
    }

    private IEnumerable<string> Everything() =>
        new[] { State, Temp, Project, Home }
            .Where(Directory.Exists)
            .SelectMany(folder =>
                Directory
                    .EnumerateFileSystemEntries(
                        folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
                    .Prepend(folder));
}
