using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.Core.Tests.Hosting;

public sealed class HostRecordTests : IDisposable
{
    private static readonly HostRecord Record = new(
        4711, 123456, "127.0.0.1", 40123, "1.2.3", "2026-01-02T03:04:05Z", "/s/devhost/host.40123.token", "a-boot");

    private readonly TempFolder _folder = new();

    private string Path => _folder["host.40123.json"];

    private string TokenFile => _folder["host.40123.token"];

    [Fact]
    public void It_is_one_json_object_for_its_owner_only()
    {
        Record.Write(Path);

        Assert.Equal(
            """{"pid":4711,"start_ticks":123456,"host":"127.0.0.1","port":40123,"version":"1.2.3","started_at":"2026-01-02T03:04:05Z","token_file":"/s/devhost/host.40123.token","boot_id":"a-boot"}""",
            File.ReadAllText(Path));
        Modes.AssertOwnerFile(Path);
        Assert.Equal(Record with { TokenFile = TokenFile }, HostRecord.Read(Path)); // the one beside it
    }

    public static TheoryData<string> Garbage { get; } =
    [
        "",
        "null",
        "[]",
        "{}",
        "{\"pid\":4711,\"start_ti",
        "{\"pid\":\"x\"}",
        "{\"pid\":0,\"port\":1,\"token_file\":\"/t\"}",
        "{\"pid\":1,\"port\":0,\"token_file\":\"/t\"}",
        "{\"pid\":1,\"port\":65536,\"token_file\":\"/t\"}",
        "{\"pid\":1,\"port\":1}",
        "{\"pid\":1,\"port\":1,\"token_file\":\"\"}",
    ];

    [Theory]
    [MemberData(nameof(Garbage))]
    public void What_cannot_be_one_is_none(string text)
    {
        File.WriteAllText(Path, text);

        Assert.Null(HostRecord.Read(Path));
    }

    [Fact]
    public void Nothing_and_a_folder_are_none()
    {
        Assert.Null(HostRecord.Read(Path));
        Assert.Null(HostRecord.Read(_folder.Path));
    }

    [Fact]
    public void It_is_removed_only_while_it_is_the_same()
    {
        var before = Record with { TokenFile = TokenFile };
        var successor = before with { StartTicks = 123457 };
        successor.Write(Path);

        Assert.False(before.RemoveIfSame(Path));
        Assert.Equal(successor, HostRecord.Read(Path));

        Assert.True(successor.RemoveIfSame(Path));
        Assert.False(File.Exists(Path));
        Assert.False(successor.RemoveIfSame(Path));
    }

    public void Dispose() => _folder.Dispose();
}
