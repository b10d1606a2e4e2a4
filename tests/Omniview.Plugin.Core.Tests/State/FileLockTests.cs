using System.Net.Sockets;
using System.Text;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Tests.Processes;

namespace Omniview.Plugin.Core.Tests.State;

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
        var waiting = FileLock.TakeAsync(Path, Limits.Wait, waiting: null, TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);

        await holder.StopAsync(TimeSpan.Zero);

        await using var taken = await waiting.WaitAsync(Limits.Wait, TestContext.Current.CancellationToken);
    }

    [Fact]
    [UnixOnly("the other process is a shell script")]
    public async Task Another_process_sees_that_we_have_it()
    {
        await using var taken = FileLock.TryTake(Path);

        Assert.Equal(
            9,
            await ToolRunner.RunAsync(
                Sh.Script("flock -n -E 9 \"$1\" true", Path), _ => { }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Waiting_can_be_cancelled()
    {
        await using var taken = FileLock.TryTake(Path);
        using var cancel = new CancellationTokenSource();
        var waiting = FileLock.TakeAsync(Path, Limits.Wait, waiting: null, cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    [UnixOnly("Windows can lock all that it can open")]
    public async Task A_file_that_cannot_be_locked_is_an_error_and_not_held()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path));
        Assert.ThrowsAny<IOException>(() => FileLock.TryTake(Path));
        await Assert.ThrowsAnyAsync<IOException>(
            () => FileLock.TakeAsync(Path, Limits.Wait, waiting: null, TestContext.Current.CancellationToken));

        Assert.ThrowsAny<IOException>(() => FileLock.TryTake(_folder["no/such/folder/.lock"]));
        Assert.ThrowsAny<IOException>(() => FileLock.TryTake(_folder.Path));
        File.CreateSymbolicLink(_folder["loop"], _folder["loop"]);
        Assert.ThrowsAny<IOException>(() => FileLock.TryTake(_folder["loop"]));
    }

    [Theory]
    [InlineData(0b110_110_110)]
    [InlineData(0b110_100_100)]
    [InlineData(0)]
    [UnixOnly("Windows has no modes")]
    public void Nobody_else_can_open_it_whatever_it_was_before(int mode)
    {
        if (mode > 0)
        {
            File.WriteAllText(Path, "of an earlier version");
            File.SetUnixFileMode(Path, (UnixFileMode)mode);
        }

        using var taken = FileLock.TryTake(Path);

        Modes.AssertOwnerFile(Path);
    }

    [Fact]
    public async Task Who_waits_is_told_once_for_whom_and_in_the_end_too()
    {
        await using var holder = await HoldAsync();
        var told = new List<string>();

        var end = await Assert.ThrowsAsync<TimeoutException>(
            () => FileLock.TakeAsync(Path, TimeSpan.FromSeconds(2), told.Add, TestContext.Current.CancellationToken));

        // flock becomes the program that it runs, or not
        Assert.Equal(
            $"{(OperatingSystem.IsWindows() ? "dotnet" : "flock")} (PID {holder.Id}), which holds {Path}",
            Assert.Single(told).Replace("sh (", "flock (", StringComparison.Ordinal));
        Assert.Contains($"(PID {holder.Id}) has held {Path} for 2 s", end.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_names_its_holder_even_where_the_system_does_not()
    {
        using var taken = FileLock.TryTake(Path);

        Assert.Equal(
            $"{ProcessIdentity.Current.Pid} {ProcessIdentity.Current.StartTicks}\n",
            Encoding.ASCII.GetString(RegularFile.ReadAllBytes(Path, 100)));
        Assert.Contains($"(PID {Environment.ProcessId})", FileLock.Holder(Path), StringComparison.Ordinal);
    }

    [Fact]
    [UnixOnly("its names are made by programs of Unix")]
    public async Task A_file_that_has_another_name_is_no_lock_and_is_not_written_to()
    {
        var precious = _folder.Write("precious", "private");
        Assert.Equal(
            0,
            await ToolRunner.RunAsync(
                Sh.Script("ln \"$1\" \"$2\"", precious, Path), _ => { }, TestContext.Current.CancellationToken));
        var failure = Assert.Throws<IOException>(() => FileLock.TryTake(Path)); // who locks one name holds the other
        Assert.Contains("is one of 2 names of one file", failure.Message, StringComparison.Ordinal);
        File.Delete(Path);

        File.CreateSymbolicLink(Path, precious);
        Assert.Throws<NotARegularFileException>(() => FileLock.TryTake(Path));
        File.Delete(Path);
        File.CreateSymbolicLink(Path, _folder["nothing"]);
        Assert.Throws<NotARegularFileException>(() => FileLock.TryTake(Path));

        Assert.Equal("private", File.ReadAllText(precious));
        Assert.False(File.Exists(_folder["nothing"]));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<ManagedProcess> HoldAsync()
    {
        var output = new Output();
        var process = ManagedProcess.Start(
            OperatingSystem.IsWindows()
                ? TestTool.Spec("lock", Path)
                : Sh.Script("exec flock \"$1\" sh -c 'echo held; exec sleep 300'", Path),
            output.Add);
        Assert.Equal("held", await output.NextAsync());
        return process;
    }
}
