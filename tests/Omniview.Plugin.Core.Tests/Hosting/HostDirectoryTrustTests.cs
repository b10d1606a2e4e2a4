using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Tests.Hosting;

/// <summary>What may lie in the place where hosts are looked for.</summary>
public sealed class HostDirectoryTrustTests : HostFinderTestBase
{
    [Fact]
    [UnixOnly("Windows has no modes")]
    public async Task A_directory_that_others_may_write_is_refused_before_anything_in_it_is_read()
    {
        using var host = new FakeHost(Files);
        FakeHost.Publish(Files, host.Record);
        foreach (var folder in new[] { Files.StateDirectory, Files.Path })
        {
            var before = File.GetUnixFileMode(folder);
            File.SetUnixFileMode(folder, before | UnixFileMode.OtherWrite);

            foreach (
                var problem in new[]
                {
                    (await Assert.ThrowsAsync<DiagnosticException>(FindAsync)).Diagnostic,
                    (
                        await Assert.ThrowsAsync<DiagnosticException>(() => EnsureAsync("touch \"$0/started\""))
                    ).Diagnostic,
                })
            {
                Assert.Equal((DiagnosticCodes.StateDirectoryExposed, folder), (problem.Code, problem.File));
                Assert.Contains("chmod go-w", problem.Message, StringComparison.Ordinal);
            }

            File.SetUnixFileMode(folder, before);
        }

        Assert.False(File.Exists(Folder["started"]));
        using var client = await FindAsync();
        Assert.NotNull(client);
    }

    [Theory]
    [InlineData("devhost")]
    [InlineData("")]
    public async Task A_directory_of_another_user_is_refused_and_named(string name)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can be two users");
        using var host = new FakeHost(Files);
        FakeHost.Publish(Files, host.Record);
        var theirs = Path.TrimEndingDirectorySeparator(Path.Combine(Files.StateDirectory, name));
        await RunAsync("chown", "12345", theirs);

        var problem = (await Assert.ThrowsAsync<DiagnosticException>(FindAsync)).Diagnostic;

        Assert.Equal((DiagnosticCodes.StateDirectoryExposed, theirs), (problem.Code, problem.File));
        Assert.Contains("UID 12345, you are 0", problem.Message, StringComparison.Ordinal);
        Assert.Contains("without sudo", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    [NotInWine("it makes no symbolic links")]
    public async Task A_directory_that_is_a_link_is_refused_but_the_state_directory_may_be_one()
    {
        using var host = new FakeHost(Files);
        FakeHost.Publish(Files, host.Record);
        Directory.CreateSymbolicLink(Folder["elsewhere"], Files.StateDirectory);
        using (var client = await HostFinder.FindAsync(Folder["elsewhere"], Cancellation))
        {
            Assert.NotNull(client);
        }

        Directory.Move(Files.Path, Folder["moved"]);
        Directory.CreateSymbolicLink(Files.Path, Folder["moved"]);

        Assert.Equal(
            DiagnosticCodes.StateDirectoryExposed,
            (await Assert.ThrowsAsync<DiagnosticException>(FindAsync)).Diagnostic.Code);
    }

    [Fact]
    [UnixOnly("the host is a shell script")]
    public async Task What_can_not_be_of_a_dev_host_is_set_aside_by_who_starts_one_told_once_and_kept()
    {
        Files.Create();
        var precious = Folder.Write("precious", "private");
        await BreakAsync(Files.Record(1), "pipe", precious);
        await BreakAsync(Files.LastPort, "folder", precious);
        await BreakAsync(Files.Log, "link", precious);
        await BreakAsync(Files.Token(1), "hard link", precious);
        Folder.Write("state/devhost/groups", "a file");
        Folder.Write("state/devhost/host.2.json", "{");
        var told = new List<Diagnostic>();

        await Assert.ThrowsAsync<DiagnosticException>(
            () => HostFinder.EnsureAsync(Files.StateDirectory, Command("exit 1"), Cancellation, told.Add));
        await Assert.ThrowsAsync<DiagnosticException>(
            () => HostFinder.EnsureAsync(Files.StateDirectory, Command("exit 1"), Cancellation, told.Add));

        Assert.All(told, one => Assert.Equal(DiagnosticCodes.StateFileUnusable, one.Code));
        Assert.Equal(
            ["groups", "host.1.json", "host.1.token", "host.2.json", "host.log", "port"],
            told.Select(one => Path.GetFileName(one.File)).Order(StringComparer.Ordinal));
        Assert.All(told, one => Assert.True(Path.Exists(one.File + ".unusable"), one.File));
        Assert.Equal("private", File.ReadAllText(precious));
    }
}
