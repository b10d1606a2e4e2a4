using Omniview.Plugin.Core.Watching;

namespace Omniview.Plugin.Core.Tests.Watching;

public sealed class ContentMemoryTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ContentMemory _memory = new();

    [Fact]
    public void A_file_is_new_once_and_then_changes_with_its_content_only()
    {
        var file = _folder.Write("x.go", "a");
        Assert.True(_memory.HasChanged(file));
        Assert.False(_memory.HasChanged(file));

        _folder.Write("x.go", "a");
        Assert.False(_memory.HasChanged(file));

        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        Assert.False(_memory.HasChanged(file));

        _folder.Write("x.go", "b");
        Assert.True(_memory.HasChanged(file));
        Assert.False(_memory.HasChanged(file));
    }

    [Fact]
    public void An_empty_file_differs_from_none()
    {
        var file = _folder.Write("x.go", "");
        Assert.True(_memory.HasChanged(file));

        File.Delete(file);
        Assert.True(_memory.HasChanged(file));
        Assert.False(_memory.HasChanged(file));

        _folder.Write("x.go", "");
        Assert.True(_memory.HasChanged(file));
    }

    [Fact]
    public void A_folder_always_counts_and_so_does_its_end()
    {
        var folder = Directory.CreateDirectory(_folder["pkg"]).FullName;
        Assert.True(_memory.HasChanged(folder));
        Assert.True(_memory.HasChanged(folder));

        Directory.Delete(folder);
        Assert.True(_memory.HasChanged(folder));
    }

    [Fact]
    public void What_cannot_be_read_counts_as_changed_and_so_does_its_end()
    {
        var loop = _folder["loop.go"];
        File.CreateSymbolicLink(loop, loop); // not even root can open it
        Assert.True(_memory.HasChanged(loop));
        Assert.True(_memory.HasChanged(loop));

        File.Delete(loop);
        Assert.True(_memory.HasChanged(loop));
        Assert.False(_memory.HasChanged(loop));
    }

    [Fact]
    public void A_file_that_another_program_has_open_is_read_all_the_same()
    {
        var file = _folder.Write("x.go", "a");
        using var writer = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.Read);

        Assert.True(_memory.HasChanged(file));
        Assert.False(_memory.HasChanged(file));
    }

    public void Dispose() => _folder.Dispose();
}
