using System.Diagnostics;
using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.Tests.Files;

public sealed class RegularFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [NotInWine("it makes no symbolic links")]
    public void The_content_is_read_through_a_link_unless_that_is_refused()
    {
        File.CreateSymbolicLink(_folder["link"], _folder.Write("file", "content"));

        using (var stream = RegularFile.Open(_folder["link"]))
        {
            Assert.Equal("content", new StreamReader(stream).ReadToEnd());
        }

        Assert.Equal("content"u8, RegularFile.ReadAllBytes(_folder["link"], 7));
        Assert.Equal(
            FileKind.Link,
            Assert
                .Throws<NotARegularFileException>(() => RegularFile.ReadAllBytes(_folder["link"], 7, followLink: false))
                .Kind);
    }

    [Fact]
    [UnixOnly("Windows has no named pipes and no devices in folders")]
    public void A_pipe_a_device_and_a_folder_are_refused_at_once_also_behind_a_link()
    {
        using (var made = Process.Start("mkfifo", [_folder["pipe"]]))
        {
            made.WaitForExit();
        }

        File.CreateSymbolicLink(_folder["link"], _folder["pipe"]);
        File.CreateSymbolicLink(_folder["zero"], "/dev/zero");

        Assert.Equal(FileKind.Pipe, Refused("pipe").Kind);
        Assert.Equal(FileKind.Pipe, Refused("link").Kind);
        Assert.Equal(FileKind.Device, Refused("zero").Kind);
        Assert.Contains("is a folder", Refused("").Message, StringComparison.Ordinal);

        NotARegularFileException Refused(string name) =>
            Assert.Throws<NotARegularFileException>(() => RegularFile.Open(_folder[name]));
    }

    [Fact]
    [LinuxOnly("only files of /proc tell no length")]
    public void A_file_over_the_limit_is_not_read_however_it_got_there()
    {
        using (var sparse = File.Create(_folder["sparse"]))
        {
            sparse.SetLength(1L << 40);
        }

        Assert.Throws<FileTooLargeException>(() => RegularFile.ReadAllBytes(_folder["sparse"], 1000));
        Assert.Throws<FileTooLargeException>(() => RegularFile.ReadAllBytes(_folder.Write("file", "12345"), 4));
        Assert.Equal("12345"u8, RegularFile.ReadAllBytes(_folder["file"], 5));
        // its length is said to be 0
        Assert.Throws<FileTooLargeException>(() => RegularFile.ReadAllBytes("/proc/cpuinfo", 10));
        Assert.Equal(File.ReadAllBytes("/proc/version"), RegularFile.ReadAllBytes("/proc/version", 4096));
    }

    [Fact]
    public void What_is_not_there_and_what_may_not_be_read_are_told_as_ever()
    {
        Assert.Throws<FileNotFoundException>(() => RegularFile.Open(_folder["nothing"]));
        Assert.Throws<FileNotFoundException>(() => RegularFile.Open(_folder.Write("file", "") + "/below"));
        Assert.Throws<FileNotFoundException>(() => RegularFile.Open("a\0b"));
    }

    [Fact]
    [UnixOnly("on Windows it is waited for, see HeldFileTests")]
    public void A_file_that_somebody_has_locked_is_read_all_the_same()
    {
        using var held = new FileStream(_folder["locked"], FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        held.Write("text"u8);
        held.Flush();

        Assert.Equal("text"u8, RegularFile.ReadAllBytes(_folder["locked"], 100));
    }
}
