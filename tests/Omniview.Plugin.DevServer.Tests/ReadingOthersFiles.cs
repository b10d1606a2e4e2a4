using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.DevServer.External;
using Omniview.Plugin.DevServer.Running;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

public sealed class ReadingOthersFiles : OthersScratch
{
    [Fact]
    public async Task Files_that_are_none_or_have_no_end_keep_nobody_from_being_found()
    {
        using var api = new RawApi((await KeepHostAsync()).Host.Record);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        foreach (
            var (id, script) in new[]
            {
                ("a-pipe", "mkfifo \"$1\""),
                ("b-device", "ln -s /dev/zero \"$1\""),
                ("c-sparse", "truncate -s 1T \"$1\""),
                ("d-folder", "mkdir \"$1\""),
            })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(DevInfoOf(id))!);
            using var shell = Process.Start("/bin/sh", ["-c", script, "sh", DevInfoOf(id)]);
            await shell.WaitForExitAsync(Cancellation);
        }

        Write("theirs", System.Environment.ProcessId, listener.LocalEndpoint.ToString()!);

        await StateAsync(api, "theirs", state => state.Mode == "external");
        await Poll.UntilAsync(
            () =>
                File.ReadAllText(HostFiles.Log)
                    .Split('\n')
                    .Count(line => line.Contains("left out of account", StringComparison.Ordinal)) == 4,
            "each of the others is told once");
        Directory.Delete(Path.Combine(State, "plugins"), recursive: true);
    }

    [Fact]
    public void A_file_that_has_not_changed_is_not_read_again()
    {
        var reader = new DevInfoReader();
        Write("theirs", 4711, "127.0.0.1:1");
        Directory.CreateDirectory(Path.GetDirectoryName(DevInfoOf("odd"))!);
        File.WriteAllText(DevInfoOf("odd"), "{");
        var (good, odd) = (FileFacts.Of(DevInfoOf("theirs"))!.Value, FileFacts.Of(DevInfoOf("odd"))!.Value);
        Assert.Equal(4711, reader.Read("theirs", DevInfoOf("theirs"), good)?.Pid);
        for (var look = 0; look < 3; look++)
        {
            Assert.False(reader.IsKnownUnusable("odd", odd));
            Assert.Null(reader.Read("odd", DevInfoOf("odd"), odd));
        }

        Directory.Delete(Path.Combine(State, "plugins"), recursive: true);

        Assert.Equal(4711, reader.Read("theirs", DevInfoOf("theirs"), good)?.Pid);
        Assert.True(reader.IsKnownUnusable("odd", odd));
        Assert.False(reader.IsKnownUnusable("odd", odd with { Changed = odd.Changed + 1 }));
        Assert.Null(reader.Read("theirs", DevInfoOf("theirs"), good with { Changed = good.Changed + 1 }));
    }

    [Fact]
    public async Task Files_that_can_not_be_trusted_are_left_alone_and_said_once()
    {
        var here = System.Environment.ProcessId;
        var broken = new[]
        {
            ("no-json", "{"),
            ("no-pid", """{"pid":0,"addr":"127.0.0.1:1"}"""),
            ("no-address", $$"""{"pid":{{here}},"addr":""}"""),
            ("far-away", $$"""{"pid":{{here}},"addr":"10.0.0.1:80"}"""),
            ("by-name", $$"""{"pid":{{here}},"addr":"localhost:80"}"""),
            ("other-id", $$"""{"pid":{{here}},"addr":"127.0.0.1:1","pluginId":"me"}"""),
        };
        foreach (var (id, text) in broken)
        {
            Plugins.Write(State, $"plugins/{id}/.devinfo", text);
        }

        using var api = new RawApi((await KeepHostAsync()).Host.Record);
        await Poll.UntilAsync(
            () => broken.All(one => File.ReadAllText(HostFiles.Log).Contains($"/{one.Item1}/.devinfo is left out of " +
                "account: ", StringComparison.Ordinal)), "each is said");

        Assert.Equal(1, (await api.GetAsync("plugins")).Body.GetArrayLength());
        Assert.Equal(
            broken.Length,
            File.ReadAllLines(HostFiles.Log)
                .Count(line => line.Contains("left out of account", StringComparison.Ordinal)));
        Assert.All(broken, one => Assert.Equal(one.Item2, File.ReadAllText(DevInfoOf(one.Item1))));
        broken.ToList().ForEach(one => File.Delete(DevInfoOf(one.Item1)));
    }

    [Fact]
    public async Task A_dead_ones_file_is_removed_and_never_one_written_in_its_place()
    {
        var file = Plugins.Write(State, "plugins/raced/.devinfo", "");
        var stale = new DevInfoFile(1, "grpc", 1, "127.0.0.1:1");
        for (var i = 0; i < 200; i++)
        {
            var fresh = new DevInfoFile(2 + i, "grpc", 1, "127.0.0.1:1");
            stale.Write(file);

            await Task.WhenAll(
                Task.Run(() => StaleDevInfo.Remove(file, stale), Cancellation),
                Task.Run(() => fresh.Write(file), Cancellation));

            Assert.Equal(fresh, DevInfoFile.Read(file));
        }

        Assert.Single(Directory.EnumerateFiles(
            Path.GetDirectoryName(file)!, "*", new EnumerationOptions { AttributesToSkip = 0 }));
        File.Delete(file);
    }
}
