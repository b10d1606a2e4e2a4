using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.Tests.Files;

/// <summary>What others have open on Windows is waited for.</summary>
public sealed class HeldFileTests : IDisposable
{
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int LockViolation = unchecked((int)0x80070021);
    private const int DiskFull = unchecked((int)0x80070070);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(SharingViolation)]
    [InlineData(LockViolation)]
    public void Tries_again_until_the_file_is_free(int refusal)
    {
        var refusals = 3;

        Assert.Equal("read", HeldFile.WaitOut(() =>
            refusals-- > 0 ? throw new IOException("in use", refusal) : "read"));
    }

    [Theory]
    [InlineData(SharingViolation, 8)]
    [InlineData(DiskFull, 1)]
    public void Gives_up_when_waiting_has_not_helped_or_can_not(int refusal, int expected)
    {
        var attempts = 0;

        Assert.Throws<IOException>(() => HeldFile.WaitOut<int>(() =>
        {
            attempts++;
            throw new IOException("no", refusal);
        }));
        Assert.Equal(expected, attempts);
    }

    [Fact]
    [WindowsOnly("elsewhere nobody can keep others from opening a file")]
    public async Task A_file_that_somebody_has_for_himself_is_read_when_he_is_done()
    {
        var file = _folder.Write("plugin.yaml", "id: demo");
        var begun = new TaskCompletionSource();
        Task<byte[]> reading;
        using (File.Open(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            reading = Task.Run(
                () =>
                {
                    begun.SetResult();
                    return RegularFile.ReadAllBytes(file, 100);
                },
                TestContext.Current.CancellationToken);
            await begun.Task;
            Assert.Throws<IOException>(() => File.ReadAllBytes(file));
        }

        Assert.Equal("id: demo"u8.ToArray(), await reading);
    }
}
