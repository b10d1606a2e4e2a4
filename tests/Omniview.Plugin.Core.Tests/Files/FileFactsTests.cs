using System.Diagnostics;
using System.Net.Sockets;
using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.Tests.Files;

public sealed class FileFactsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [UnixOnly("compared with what stat prints")]
    public void What_is_told_is_what_the_system_tells()
    {
        var file = _folder.Write("file", "12345");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.OtherWrite);
        var written = File.GetLastWriteTimeUtc(file);

        var facts = FileFacts.Of(file)!.Value;

        Assert.Equal((FileKind.File, 5L, 1u, FileFacts.Self), (facts.Kind, facts.Size, facts.Links, facts.Owner));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.OtherWrite, facts.Mode);
        Assert.Equal((written - DateTime.UnixEpoch).Ticks, facts.Modified / TimeSpan.NanosecondsPerTick);
        Assert.Equal(
            Stat(file, "%i %Z"), FormattableString.Invariant($"{facts.Inode} {facts.Changed / 1_000_000_000}"));
        Assert.True(facts.IsOwn);
        Assert.True(facts.OthersMayWrite);
        Assert.False(FileFacts.Of("/proc/version")!.Value.OthersMayWrite);
    }

    [Fact]
    [UnixOnly("Windows has no named pipes and no devices in folders")]
    public void Every_kind_of_file_is_known_without_opening_it()
    {
        var pipe = _folder["pipe"];
        Start("mkfifo", pipe);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder["socket"]));
        File.CreateSymbolicLink(_folder["link"], pipe);

        Assert.Equal(FileKind.Folder, FileFacts.Of(_folder.Path)?.Kind);
        Assert.Equal(FileKind.Pipe, FileFacts.Of(pipe)?.Kind);
        Assert.Equal(FileKind.Socket, FileFacts.Of(_folder["socket"])?.Kind);
        Assert.Equal(FileKind.Device, FileFacts.Of("/dev/zero")?.Kind);
        Assert.Equal(FileKind.Link, FileFacts.Of(_folder["link"])?.Kind);
        Assert.Equal(FileKind.Pipe, FileFacts.Behind(_folder["link"])?.Kind);
    }

    [Fact]
    [NotInWine("it makes no symbolic links")]
    public void What_is_not_there_has_no_facts()
    {
        File.CreateSymbolicLink(_folder["dangling"], _folder["nothing"]);

        Assert.Null(FileFacts.Of(_folder["nothing"]));
        Assert.Null(FileFacts.Behind(_folder["dangling"]));
        Assert.Null(FileFacts.Of("a\0b"));
    }

    [Fact]
    public void They_are_equal_until_the_file_is_another()
    {
        var file = _folder.Write("file", "one");
        var before = FileFacts.Of(file);
        Assert.Equal(before, FileFacts.Of(file));

        _folder.Write("new", "two");
        File.SetLastWriteTimeUtc(_folder["new"], File.GetLastWriteTimeUtc(file));
        File.Move(_folder["new"], file, overwrite: true);

        Assert.NotEqual(before, FileFacts.Of(file));
    }

    private static string Stat(string file, string format) => Start("stat", "-c", format, file).Trim();

    private static string Start(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
