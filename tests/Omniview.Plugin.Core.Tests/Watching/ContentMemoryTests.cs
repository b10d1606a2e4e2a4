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
    [NotInWine("it makes no symbolic links")]
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

    [Fact]
    public void What_it_learns_is_no_change_and_what_it_knows_is_not_learnt_anew()
    {
        var file = _folder.Write("x.go", "a");

        Assert.True(_memory.Learn(file));
        Assert.False(_memory.HasChanged(file));
        _folder.Write("x.go", "b");
        Assert.False(_memory.Learn(file));
        Assert.True(_memory.HasChanged(file));
    }

    [Fact]
    public void What_it_has_forgotten_counts_as_changed()
    {
        var file = _folder.Write("x.go", "a");
        var kept = _folder.Write("y.go", "a");
        _memory.HasChanged(file);
        _memory.HasChanged(kept);

        _memory.KeepOnly([kept]);

        Assert.True(_memory.HasChanged(file));
        Assert.False(_memory.HasChanged(kept));
    }

    [Fact]
    public void A_file_that_is_being_written_was_empty_before()
    {
        var file = _folder.Write("x.go", "");
        _memory.HasChanged(file);
        Assert.True(_memory.WasEmpty(file));

        _folder.Write("x.go", "a");
        _memory.HasChanged(file);
        Assert.False(_memory.WasEmpty(file));
        Assert.False(_memory.WasEmpty(_folder["none.go"]));
    }

    [Fact]
    public void A_file_that_is_emptied_before_it_is_written_keeps_its_imports_until_it_has_others()
    {
        const string Head = "package x\n\nimport \"fmt\"\n\n";
        var file = _folder.Write("x.go", Head + "func a() {}\n");
        _memory.HasChanged(file);
        var imports = _memory.ImportsOf(file);

        foreach (
            var (text, isSame) in new[]
            {
                ("", true),
                (Head + "func b() {}\n", true),
                ("", true),
                ("package x\n", false),
            })
        {
            _folder.Write("x.go", text);
            Assert.True(_memory.HasChanged(file));
            Assert.Equal(isSame, imports == _memory.ImportsOf(file));
        }
    }

    [Fact]
    public void What_is_no_regular_file_is_never_opened()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/dev/zero has no end");
        var link = _folder["zero.go"];
        File.CreateSymbolicLink(link, "/dev/zero");

        Assert.True(_memory.HasChanged(link));
        Assert.False(_memory.HasChanged(link));
    }

    [Fact]
    public void It_knows_of_files_in_a_folder_that_has_gone()
    {
        var file = _folder.Write("a/b/x.go", "a");
        _memory.HasChanged(file);

        Assert.True(_memory.Knows(file));
        Assert.True(_memory.Knows(_folder["a"]));
        Assert.False(_memory.Knows(_folder["a/bc"]));
        Assert.False(_memory.HaveChanged([file], _folder["a"]));
        Directory.Delete(_folder["a"], recursive: true);
        Assert.False(_memory.HaveChanged([], _folder["other"]));
        Assert.True(_memory.HaveChanged([], _folder["a"]));
    }

    [Fact]
    public void Of_many_files_one_that_changed_came_or_went_is_noticed()
    {
        string[] files = [_folder.Write("x.go", "a"), _folder.Write("y.go", "a")];
        Assert.True(_memory.HaveChanged(files));
        Assert.False(_memory.HaveChanged(files));

        _folder.Write("y.go", "b");
        Assert.True(_memory.HaveChanged(files));
        Assert.True(_memory.HaveChanged([.. files, _folder.Write("z.go", "a")]));
        File.Delete(files[0]);
        Assert.True(_memory.HaveChanged([files[1], _folder["z.go"]]));
        Assert.False(_memory.HaveChanged([files[1], _folder["z.go"]]));
    }

    public void Dispose() => _folder.Dispose();
}
