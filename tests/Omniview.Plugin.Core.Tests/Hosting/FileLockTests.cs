using System.Net.Sockets;
using Omniview.Plugin.Core.Hosting;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Tests.Processes;

namespace Omniview.Plugin.Core.Tests.Hosting;

public sealed class FileLockTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Path => _folder[".lock"];

    [Fact]
    public void It_is_held_once_and_free_again_after_it_was_let_go()
    {
        using (var first = FileLock.TryTake(Path))
        {
            Assert.NotNull(first);
            Assert.Null(FileLock.TryTake(Path));
        }

        using var second = FileLock.TryTake(Path);
        Assert.NotNull(second);
    }

    [Fact]
    public async Task Another_process_has_it_until_it_is_killed()
    {
        await using var holder = await HoldAsync();
        Assert.Null(FileLock.TryTake(Path));
        var waiting = FileLock.TakeAsync(Path, TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);

        await holder.StopAsync(TimeSpan.Zero);

        await using var taken = await waiting.WaitAsync(Until.Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Another_process_sees_that_we_have_it()
    {
        await using var taken = FileLock.TryTake(Path);

        Assert.Equal(9, await ToolRunner.RunAsync(Sh.Script("flock -n -E 9 \"$1\" true", Path), _ => { }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Waiting_can_be_cancelled()
    {
        await using var taken = FileLock.TryTake(Path);
        using var cancel = new CancellationTokenSource();
        var waiting = FileLock.TakeAsync(Path, cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task A_file_that_cannot_be_locked_is_an_error_and_not_held()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path));
        Assert.ThrowsAny<IOException>(() => FileLock.TryTake(Path));
        await Assert.ThrowsAnyAsync<IOException>(() => FileLock.TakeAsync(Path, TestContext.Current.CancellationToken));

        Assert.ThrowsAny<IOException>(() => FileLock.TryTake(_folder["no/such/folder/.lock"]));
        Assert.Throws<UnauthorizedAccessException>(() => FileLock.TryTake(_folder.Path));
        File.CreateSymbolicLink(_folder["loop"], _folder["loop"]);
        Assert.ThrowsAny<IOException>(() => FileLock.TryTake(_folder["loop"]));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<ManagedProcess> HoldAsync()
    {
        var output = new Output();
        var process = ManagedProcess.Start(Sh.Script("exec flock \"$1\" sh -c 'echo held; exec sleep 300'", Path), output.Add);
        Assert.Equal("held", await output.NextAsync());
        return process;
    }
}
