using System.Diagnostics;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Install;

namespace Omniview.Plugin.Core.Tests.State;

/// <summary>The file by which one install at a time has a plugin's folder.</summary>
public sealed class InstallLockTests : IDisposable
{
    private readonly PluginFixture _fixture = new();

    private string LockFile => Path.Combine(_fixture.Plugin.Directory, InstallLock.Name);

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Nobody_else_can_open_it()
    {
        _fixture.Install();

        Modes.AssertOwnerFile(LockFile);
    }

    [Fact]
    [UnixOnly("Windows has no modes")]
    public void One_that_others_could_open_is_narrowed()
    {
        _fixture.WriteInstalled(InstallLock.Name, "");
        PluginFixture.SetMode(LockFile, PluginFixture.ReadableByAll);

        _fixture.Install();

        Modes.AssertOwnerFile(LockFile);
    }

    [Fact]
    [UnixOnly("Windows has no modes")]
    public void One_that_somebody_holds_since_others_could_open_it_is_replaced()
    {
        _fixture.WriteInstalled(InstallLock.Name, "");
        PluginFixture.SetMode(LockFile, PluginFixture.ReadableByAll);
        // flock(2): reading is enough
        using var stranger = new FileStream(LockFile, FileMode.Open, FileAccess.Read, FileShare.Read);

        using (InstallLock.Take(
            _fixture.Plugin.Directory, TestContext.Current.CancellationToken, timeout: TimeSpan.Zero))
        {
            Assert.ThrowsAny<IOException>(() =>
                InstallLock.Take(
                    _fixture.Plugin.Directory, TestContext.Current.CancellationToken, timeout: TimeSpan.Zero));
        }

        Assert.True(_fixture.Install().AnyChange);
    }

    [Fact]
    public void Who_waits_for_it_is_told_for_whom_and_until_when()
    {
        Directory.CreateDirectory(_fixture.Plugin.Directory);
        using var held = InstallLock.Take(_fixture.Plugin.Directory, TestContext.Current.CancellationToken);

        var refused = Assert.Throws<IOException>(() =>
            InstallLock.Take(_fixture.Plugin.Directory, TestContext.Current.CancellationToken, timeout: TimeSpan.Zero)
        );

        Assert.Contains(
            $"(PID {Environment.ProcessId}) has held {LockFile} open for 0 s",
            refused.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    [UnixOnly("Windows has no named pipes in folders")]
    public async Task What_is_no_file_of_ours_is_told_at_once_and_left_alone()
    {
        Directory.CreateDirectory(_fixture.Plugin.Directory);
        var theirs = _fixture.Write("theirs", "theirs");
        foreach (
            var (kind, make) in new (string, Func<Task>)[]
            {
                ("a link", () => Task.FromResult(File.CreateSymbolicLink(LockFile, theirs))),
                ("a folder", () => Task.FromResult(Directory.CreateDirectory(LockFile))),
                (
                    "a named pipe",
                    () => Process.Start("mkfifo", [LockFile]).WaitForExitAsync(TestContext.Current.CancellationToken)),
            })
        {
            await make();

            var problem = Assert.Throws<DiagnosticException>(() => _fixture.Install()).Diagnostic;

            Assert.Equal(DiagnosticCodes.TransferFailed, problem.Code);
            Assert.Contains($"'{LockFile}' is {kind}, not a file", problem.Message, StringComparison.Ordinal);
            Assert.True(Path.Exists(LockFile));
            Assert.Equal("theirs", await File.ReadAllTextAsync(theirs, TestContext.Current.CancellationToken));
            if (kind == "a folder")
            {
                Directory.Delete(LockFile);
            }
            else
            {
                File.Delete(LockFile);
            }
        }
    }

    [Fact]
    public void A_file_that_has_another_name_as_well_is_never_written()
    {
        var theirs = _fixture.Write("theirs", "theirs");
        Directory.CreateDirectory(_fixture.Plugin.Directory);
        HardLink.CreateOrCopy(theirs, LockFile);

        _fixture.Install();

        Assert.Equal("theirs", File.ReadAllText(theirs));
    }

    [Fact]
    public async Task One_that_goes_with_its_folder_is_held_by_one_at_a_time()
    {
        Directory.CreateDirectory(_fixture.Plugin.Directory);
        var holders = 0;
        var test = TestContext.Current.CancellationToken;
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), test, (_, cancellation) =>
        {
            using (InstallLock.Take(_fixture.Plugin.Directory, cancellation, keep: false, TimeSpan.FromMinutes(5)))
            {
                Assert.Equal(1, Interlocked.Increment(ref holders));
                Interlocked.Decrement(ref holders);
            }

            return ValueTask.CompletedTask;
        });

        Assert.Empty(Directory.EnumerateFileSystemEntries(_fixture.Plugin.Directory));
    }
}
