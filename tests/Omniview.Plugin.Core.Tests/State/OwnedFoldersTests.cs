using System.Diagnostics;
using System.Globalization;
using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.Tests.State;

[UnixOnly("Windows has no modes, and the folders of a user are his")]
public sealed class OwnedFoldersTests : IDisposable
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly TempFolder _parent = new();

    public void Dispose() => _parent.Dispose();

    [Fact]
    public void What_a_link_of_our_name_leads_to_stays()
    {
        var valuable = _parent.Write("valuables/file", "dear");
        Directory.CreateSymbolicLink(OfTheDead("link"), _parent["valuables"]);
        var left = Directory.CreateDirectory(OfTheDead("left"), Own).FullName;
        Directory.CreateSymbolicLink(Path.Combine(left, "inside"), _parent["valuables"]);

        OwnedFolders.Sweep(_parent.Path, "ours-");

        Assert.True(File.Exists(valuable));
        Assert.False(Directory.Exists(left));
    }

    [Fact]
    public void A_folder_that_others_could_have_filled_is_not_looked_into()
    {
        var open = Directory.CreateDirectory(OfTheDead("open")).FullName;
        File.SetUnixFileMode(open, Own | UnixFileMode.GroupWrite);

        OwnedFolders.Sweep(_parent.Path, "ours-");

        Assert.True(Directory.Exists(open));
    }

    [Fact]
    public void Somebody_elses_folder_stays_though_it_has_our_name()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can give a folder to somebody else");
        var theirs = Directory.CreateDirectory(OfTheDead("theirs"), Own).FullName;
        using (var given = Process.Start("chown", ["12345", theirs]))
        {
            given.WaitForExit();
        }

        OwnedFolders.Sweep(_parent.Path, "ours-");

        Assert.True(Directory.Exists(theirs));
    }

    [Fact]
    public void Where_everybody_can_rename_ours_nothing_is_removed()
    {
        var left = Directory.CreateDirectory(OfTheDead("left"), Own).FullName;
        File.SetUnixFileMode(_parent.Path, Own | UnixFileMode.OtherWrite);
        OwnedFolders.Sweep(_parent.Path, "ours-");
        Assert.True(Directory.Exists(left));

        File.SetUnixFileMode(_parent.Path, Own | UnixFileMode.OtherWrite | UnixFileMode.StickyBit); // as /tmp has it
        OwnedFolders.Sweep(_parent.Path, "ours-");
        Assert.False(Directory.Exists(left));
    }

    [Fact]
    public void A_new_one_is_for_this_user_alone()
    {
        var folder = OwnedFolders.Create(_parent["deep/er"], "ours-");

        Assert.Equal(Own, File.GetUnixFileMode(folder));
        Assert.StartsWith(
            string.Create(CultureInfo.InvariantCulture, $"ours-{Environment.ProcessId}-"),
            Path.GetFileName(folder),
            StringComparison.Ordinal);
        OwnedFolders.Delete(folder);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void A_name_that_is_taken_is_not_taken_over()
    {
        var taken = Directory.CreateDirectory(_parent["taken"]).FullName;

        Assert.False(NewFolder.TryCreate(taken));
        Assert.True(NewFolder.TryCreate(_parent["free"]));
        Assert.Throws<DirectoryNotFoundException>(() => NewFolder.TryCreate(_parent["nowhere/free"]));
    }

    /// <summary>A path that says a process which has ended made it.</summary>
    private string OfTheDead(string name)
    {
        using var ended = Process.Start("true");
        ended.WaitForExit();
        return _parent[string.Create(CultureInfo.InvariantCulture, $"ours-{ended.Id}-{name}")];
    }
}
