using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Install;

namespace Omniview.Plugin.Core.Tests.State;

/// <summary>What is believed of the journal that an interrupted install has left.</summary>
public sealed class InstallJournalTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string State => _folder["state"];

    private string Plugin => _folder["state/plugins/demo"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Follows_no_journal_out_of_the_folder()
    {
        var theirs = _folder.Write("theirs", "theirs");
        _folder.Write(
            $"state/plugins/demo/{StagingFolder.Name}/journal.json",
            """{"Steps":[{"Path":"../../../theirs","Replaces":false}],"NewFolders":[]}""");

        var found = Assert.Single(InterruptedInstalls.RollBack(State));

        Assert.Contains("can't be taken back", found.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(theirs));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"Steps\":[null],")]
    public void Installs_in_spite_of_a_journal_that_a_power_failure_cut(string journal)
    {
        _folder.Write($"state/plugins/demo/{StagingFolder.Name}/journal.json", journal);

        Assert.Empty(InterruptedInstalls.RollBack(State));
        Assert.False(Path.Exists(_folder[$"state/plugins/demo/{StagingFolder.Name}"]));
    }

    [Fact]
    [NotInWine("it makes no symbolic links")]
    public void Deletes_nothing_behind_a_link_and_nothing_that_is_not_its_own()
    {
        var theirs = _folder.Write("elsewhere/new-0", "theirs");
        Directory.CreateDirectory(Plugin);
        var staging = Path.Combine(Plugin, StagingFolder.Name);
        Directory.CreateSymbolicLink(staging, _folder["elsewhere"]);

        Assert.Empty(InterruptedInstalls.RollBack(State));
        Assert.True(File.Exists(theirs));
        Assert.Null(FileFacts.Of(staging));

        var put = _folder.Write($"state/plugins/demo/{StagingFolder.Name}/notes.txt", "theirs");
        _folder.Write($"state/plugins/demo/{StagingFolder.Name}/new-7", "staged");
        Assert.Empty(InterruptedInstalls.RollBack(State));
        Assert.Equal([put], Directory.EnumerateFileSystemEntries(staging));
    }
}
