using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.Tests.State;

/// <summary>
/// The Windows rules, with a rename that refuses as Windows does: a real one can't be made to on other systems.
/// </summary>
public sealed class FileReplacementTests : IDisposable
{
    private const int SharingViolation = unchecked((int)0x80070020);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Moves_a_running_program_aside_and_leaves_it_for_later()
    {
        var (file, destination) = Files();

        FileReplacement.ReplaceOnWindows(file, destination, (from, to, overwrite) =>
        {
            if (to == destination && File.Exists(destination))
            {
                throw new UnauthorizedAccessException();
            }

            File.Move(from, to, overwrite);
        });

        Assert.Equal("new", File.ReadAllText(destination));
        Assert.False(File.Exists(file));
    }

    [Fact]
    public void Tries_again_while_a_reader_holds_the_file()
    {
        var (file, destination) = Files();
        var refusals = 3;

        FileReplacement.ReplaceOnWindows(file, destination, (from, to, overwrite) =>
        {
            if (refusals-- > 0)
            {
                throw new IOException("in use", SharingViolation);
            }

            File.Move(from, to, overwrite);
        });

        Assert.Equal("new", File.ReadAllText(destination));
    }

    [Fact]
    public void Puts_the_old_file_back_when_the_new_one_can_not_follow()
    {
        var (file, destination) = Files();

        Assert.Throws<UnauthorizedAccessException>(() =>
            FileReplacement.ReplaceOnWindows(
                file, destination, (from, to, overwrite) =>
                {
                    if (from == file)
                    {
                        throw new UnauthorizedAccessException();
                    }

                    File.Move(from, to, overwrite);
                }));

        Assert.Equal("old", File.ReadAllText(destination));
        Assert.Equal("new", File.ReadAllText(file));
        Assert.Equal(2, Directory.EnumerateFiles(_folder.Path).Count());
    }

    [Fact]
    public void Gives_up_at_once_when_waiting_does_not_help()
    {
        var (file, destination) = Files();
        var moves = 0;

        Assert.Throws<IOException>(() => FileReplacement.ReplaceOnWindows(file, destination, (_, _, _) =>
        {
            moves++;
            throw new IOException("disk full", unchecked((int)0x80070070));
        }));

        Assert.Equal(1, moves);
    }

    private (string File, string Destination) Files() =>
        (_folder.Write("new", "new"), _folder.Write("plugin.exe", "old"));
}
