using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class InstallingAnArchive : VerbScratch
{
    [Fact]
    public async Task An_archive_that_is_not_there_is_not_said_to_be_a_bad_one()
    {
        var missing = await AskAsync("install", "not-there.tar.gz");
        var folder = await AskAsync("install", Root);

        Assert.Equal((1, 1), (missing.ExitCode, folder.ExitCode));
        Assert.Contains(
            "not-there.tar.gz: error OVP4020: There is no such file. Nothing was installed.",
            missing.Output,
            StringComparison.Ordinal);
        Assert.Contains(
            "error OVP4020: This is a folder, not an archive. Nothing was installed.",
            folder.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_archive_is_installed_without_a_dev_host()
    {
        var archive = Archive("packed");

        var installed = CliSchema.Check("install", (await AskAsync("install", archive, "--json")).Output);

        Assert.Equal(
            ("packed", true),
            (installed.GetProperty("pluginID").GetString(), installed.GetProperty("changed").GetBoolean()));
        Assert.Equal(
            "System.register()",
            await File.ReadAllTextAsync(Path.Combine(State, "plugins", "packed", "assets", "entry.js"), Cancellation));
        Assert.Contains("was installed already", (await AskAsync("install", archive)).Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(HostFiles.Path));
        Assert.Empty(Directory.EnumerateDirectories(Temp, "omniview-install-*"));
        Assert.Equal(1, (await AskAsync("install", "not-there.tar.gz")).ExitCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_an_install_that_is_killed_has_unpacked_goes_with_the_next_one_or_the_next_dev_host(bool host)
    {
        // what it unpacks takes much longer than it takes to look for it
        var archive = Archive("large", assetBytes: 400 << 20);
        var running = StartCommandLine("install", archive);
        await Poll.UntilAsync(() => Unpacked().Length == 1, "one has its folder");
        await StopAsync(running.Id);
        var used = Assert.Single(Unpacked());
        var killed = StartCommandLine("install", archive);
        await Poll.UntilAsync(() => Unpacked().Length == 2, "the other has its own");
        killed.Kill();
        await killed.ExitAsync();
        Assert.Equal(2, Unpacked().Length);

        if (host)
        {
            await KeepHostAsync();
        }
        else
        {
            Assert.Equal(0, (await AskAsync("install", Archive("packed"))).ExitCode);
        }

        Assert.Equal(used, Assert.Single(Unpacked()));
        running.Kill();
        await running.ExitAsync();

        string[] Unpacked() => Directory.GetDirectories(Temp, "omniview-install-*");
    }
}
