using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.Tests.State;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Writes_content_and_mode_and_leaves_no_temporary()
    {
        var file = _folder["a"];
        AtomicFile.Write(file, "one"u8, Permissions.OwnerFile);
        AtomicFile.Write(file, "two"u8, Permissions.Runnable);

        Assert.Equal("two", File.ReadAllText(file));
        Assert.Equal(OperatingSystem.IsWindows() ? UnixFileMode.None : Permissions.Runnable, Permissions.Of(file));
        Assert.Equal([file], Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Leaves_the_file_and_no_temporary_when_it_fails()
    {
        Directory.CreateDirectory(_folder["taken/inside"]);

        Assert.ThrowsAny<SystemException>(() => AtomicFile.Write(_folder["taken"], "new"u8, Permissions.OwnerFile));

        Assert.True(Directory.Exists(_folder["taken/inside"]));
        Assert.Equal([_folder["taken"]], Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    [NotInWine("it makes no symbolic links")]
    public void Replaces_a_link_and_not_what_it_points_to()
    {
        var target = _folder.Write("target", "theirs");
        File.CreateSymbolicLink(_folder["link"], target);

        AtomicFile.Write(_folder["link"], "ours"u8, Permissions.OwnerFile);

        Assert.Equal("theirs", File.ReadAllText(target));
        Assert.Null(new FileInfo(_folder["link"]).LinkTarget);
    }

    [Fact]
    [NotInWine("it replaces no open file in one step (FileRenameInfoEx is error 87)")]
    public async Task Shows_readers_the_old_content_or_the_new_and_nothing_else()
    {
        var file = _folder["shared"];
        var contents = new[]
        {
            Enumerable.Repeat((byte)'a', 300_000).ToArray(),
            Enumerable.Repeat((byte)'b', 200_000).ToArray(),
        };
        AtomicFile.Write(file, contents[0], Permissions.OwnerFile);
        using var done = new CancellationTokenSource();
        var reader = Task.Run(
            () =>
            {
                for (; !done.IsCancellationRequested;)
                {
                    var seen = RegularFile.ReadAllBytes(file, 1_000_000);
                    Assert.True(contents.Any(
                        content => content.AsSpan().SequenceEqual(seen)), $"saw {seen.Length} bytes");
                }
            },
            TestContext.Current.CancellationToken);

        for (var round = 0; round < 100; round++)
        {
            AtomicFile.Write(file, contents[round % 2], Permissions.OwnerFile);
        }

        await done.CancelAsync();
        await reader;
    }

    [Fact]
    public async Task Waits_for_a_writer_of_a_program_to_close_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux refuses to execute a file open for writing");
        var program = _folder.Write("program", "");
        var writer = new FileStream(program, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);

        Assert.False(OpenWriters.WaitUntilClosed(program, TimeSpan.Zero));
        var waiting = Task.Run(
            () => OpenWriters.WaitUntilClosed(program, Limits.Wait), TestContext.Current.CancellationToken);
        await writer.DisposeAsync();

        Assert.True(await waiting);
    }
}
