using Omniview.Plugin.Core.DevInfo;

namespace Omniview.Plugin.Core.Tests.DevInfo;

public sealed class DevInfoFileTests : IDisposable
{
    private static readonly DevInfoFile Full = new(4711, "grpc", 1, "/tmp/plugin-1/socket")
    {
        VitePort = 15173,
        PluginId = "hello-omniview",
        Version = "1.2.3",
        StartedAt = "2026-01-02T03:04:05.678Z",
    };

    private readonly TempFolder _folder = new();

    private string Path => _folder["plugins/hello-omniview/.devinfo"];

    [Fact]
    public void It_is_written_as_Omniview_writes_it()
    {
        Full.Write(Path);

        Assert.Equal(
            """
            {
              "pid": 4711,
              "protocol": "grpc",
              "protocolVersion": 1,
              "addr": "/tmp/plugin-1/socket",
              "vitePort": 15173,
              "pluginId": "hello-omniview",
              "version": "1.2.3",
              "startedAt": "2026-01-02T03:04:05.678Z"
            }
            """,
            File.ReadAllText(Path));
        Modes.AssertOwnerFile(Path);
        Assert.Equal(Full, DevInfoFile.Read(Path));
    }

    [Fact]
    public void What_is_empty_is_left_out_but_the_required_stays()
    {
        new DevInfoFile(1, "grpc", 0, "127.0.0.1:9") { PluginId = "", Version = "", StartedAt = "" }.Write(Path);

        Assert.Equal(
            """
            {
              "pid": 1,
              "protocol": "grpc",
              "protocolVersion": 0,
              "addr": "127.0.0.1:9"
            }
            """,
            File.ReadAllText(Path));
    }

    [Fact]
    [NotInWine("it replaces no open file in one step (FileRenameInfoEx is error 87)")]
    public async Task A_reader_never_sees_it_missing_or_half()
    {
        Full.Write(Path);
        using var written = new CancellationTokenSource();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reading = Task.Run(() =>
        {
            var reads = 0;
            for (; !written.IsCancellationRequested; reads++)
            {
                Assert.InRange(DevInfoFile.Read(Path)?.Pid ?? 0, 1, 4711);
                begun.TrySetResult();
            }

            return reads;
        });

        await begun.Task.WaitAsync(TestContext.Current.CancellationToken);
        for (var pid = 1; pid <= 1000; pid++)
        {
            (Full with { Pid = pid, Version = new string('v', pid) }).Write(Path);
        }

        await written.CancelAsync();
        Assert.InRange(await reading, 1, int.MaxValue);
        Assert.Equal([Path], Directory.EnumerateFileSystemEntries(System.IO.Path.GetDirectoryName(Path)!));
    }

    [Fact]
    public void Only_who_is_named_in_it_removes_it()
    {
        Full.Write(Path);

        (Full with { Pid = 4712 }).RemoveIfStillOurs(Path);
        (Full with { StartedAt = "2026-01-02T03:04:06.000Z" }).RemoveIfStillOurs(Path);
        Assert.Equal(Full, DevInfoFile.Read(Path));

        Full.RemoveIfStillOurs(Path);
        Assert.False(File.Exists(Path));

        Full.RemoveIfStillOurs(Path);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{ \"pid\": 4711, \"protocol\": \"gr")]
    [InlineData("{ \"pid\": \"x\", \"addr\": \"/s\" }")]
    [InlineData("{ \"pid\": 0, \"addr\": \"/s\" }")]
    [InlineData("{ \"pid\": -1, \"addr\": \"/s\" }")]
    [InlineData("{ \"pid\": 99999999999, \"addr\": \"/s\" }")]
    [InlineData("{ \"pid\": 4711 }")]
    [InlineData("{ \"pid\": 4711, \"addr\": \"\" }")]
    [InlineData("{ \"pid\": 4711, \"addr\": null }")]
    [InlineData("\0\u0001")]
    public void What_cannot_be_read_as_one_is_none_and_stays(string text)
    {
        var file = _folder.Write(".devinfo", text);

        Assert.Null(DevInfoFile.Read(file));
        Full.RemoveIfStillOurs(file);
        Assert.Equal(text, File.ReadAllText(file));
    }

    [Fact]
    public void Neither_a_missing_file_nor_a_folder_is_one()
    {
        Assert.Null(DevInfoFile.Read(Path));
        Assert.Null(DevInfoFile.Read(_folder.Path));
    }

    [Fact]
    public void Protocol_and_version_may_be_missing() =>
        Assert.Equal(
            new DevInfoFile(7, "grpc", 1, "/s"), DevInfoFile.Read(_folder.Write(".devinfo", "{ \"pid\": 7, " +
                "\"addr\": \"/s\", \"unknown\": [] }")));

    public void Dispose() => _folder.Dispose();
}
