using System.Text;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.State;
using Omniview.Plugin.Core.Tests.Processes;

namespace Omniview.Plugin.Core.Tests.State;

public sealed class StateFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string File => _folder["file"];

    [Fact]
    public void What_is_written_is_read_and_its_owners_only()
    {
        StateFile.Write(File, "content"u8);

        Assert.Equal("content", Read());
        Modes.AssertOwnerFile(File);
    }

    [Fact]
    public void None_is_no_file()
    {
        Assert.Throws<FileNotFoundException>(() => StateFile.Read(File));
        Assert.Null(StateFile.TryRead(File));
        StateFile.Remove(File);
        StateFile.Remove(_folder["no/folder/either"]);
    }

    [Theory]
    [InlineData("ln -s precious file", "is a link, not a file")]
    [InlineData("ln -s nothing file", "is a link, not a file")]
    [InlineData("ln precious file", "has a second name")]
    [InlineData("mkfifo file", "is a named pipe, not a file")]
    [InlineData("mkdir -p file/full", "is a folder, not a file")]
    [InlineData("touch file; chmod 660 file", "can be written by others")]
    [InlineData("touch file; chmod 602 file", "can be written by others")]
    [InlineData("truncate -s 1T file", "is larger than")]
    [UnixOnly("Windows has no modes, and no named pipes in folders")]
    public async Task What_can_not_be_trusted_is_not_read_and_gives_way_to_what_is_written(string script, string why)
    {
        _folder.Write("precious", "private");
        await RunAsync(script);

        Assert.Contains(why, Assert.ThrowsAny<Exception>(() => StateFile.Read(File)).Message, StringComparison.Ordinal);
        Assert.Null(StateFile.TryRead(File));
        StateFile.Write(File, "ours"u8);

        Assert.Equal("ours", Read());
        Assert.Equal("private", System.IO.File.ReadAllText(_folder["precious"]));
        Assert.False(System.IO.File.Exists(_folder["nothing"]));
        Assert.Equal(
            script.Contains("mkdir", StringComparison.Ordinal), Directory.Exists(_folder["file.unusable/full"]));
    }

    [Fact]
    public async Task Another_users_is_not_read()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can be two users");
        StateFile.Write(File, "theirs"u8);
        await RunAsync("chown 12345 file");

        Assert.Contains(
            "belongs to another user (UID 12345, you are 0)",
            Assert.Throws<UnauthorizedAccessException>(() => StateFile.Read(File)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    [UnixOnly("Windows has no named pipes in folders")]
    public async Task What_is_set_aside_is_kept_under_a_name_that_says_so_and_there_are_never_many()
    {
        foreach (var number in Enumerable.Range(1, 9))
        {
            await RunAsync(number % 2 == 0 ? "mkfifo file" : "mkdir file");
            Assert.Equal(number == 1 ? $"{File}.unusable" : $"{File}.unusable.{number}", StateFile.SetAside(File));
        }

        await RunAsync("mkdir file");
        Assert.Contains(
            "Delete them",
            Assert.Throws<IOException>(() => StateFile.SetAside(File)).Message,
            StringComparison.Ordinal);
        Assert.True(Directory.Exists(File));
        Assert.Equal(10, Directory.EnumerateFileSystemEntries(_folder.Path).Count());
    }

    public void Dispose() => _folder.Dispose();

    private string Read() => Encoding.UTF8.GetString(StateFile.Read(File));

    private async Task RunAsync(string script) =>
        Assert.Equal(
            0,
            await ToolRunner.RunAsync(
                Sh.Script($"cd \"$1\" && {{ {script}; }}", _folder.Path),
                _ => { },
                TestContext.Current.CancellationToken));
}
