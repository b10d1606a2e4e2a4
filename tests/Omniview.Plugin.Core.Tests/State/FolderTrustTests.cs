using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Tests.State;

[UnixOnly("Windows has no modes, and the folders of a user are his")]
public sealed class FolderTrustTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly TempFolder _folder = new();
    private readonly HostDirectory _directory;

    public FolderTrustTests() => _directory = new HostDirectory(_folder["state"]);

    [Fact]
    public void What_is_made_is_for_its_owner_alone()
    {
        _directory.Create();

        Assert.Equal(OwnerOnly, File.GetUnixFileMode(_directory.StateDirectory));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(_directory.Path));
    }

    [Fact]
    public void Folders_made_with_a_umask_of_002_are_used_and_the_dev_hosts_own_is_narrowed()
    {
        _directory.Create();
        File.SetUnixFileMode(_directory.StateDirectory, OwnerOnly | (UnixFileMode)0b111_101);
        File.SetUnixFileMode(_directory.Path, OwnerOnly | (UnixFileMode)0b111_101);

        _directory.Create();

        Assert.Equal(OwnerOnly, File.GetUnixFileMode(_directory.Path));
        // which is Omniview's too
        Assert.Equal(OwnerOnly | (UnixFileMode)0b111_101, File.GetUnixFileMode(_directory.StateDirectory));
    }

    [Fact]
    public void One_that_everybody_may_write_is_refused_and_left_as_it_is()
    {
        _directory.Create();
        File.SetUnixFileMode(_directory.Path, (UnixFileMode)0b111_111_111);

        var problem = Assert.Throws<DiagnosticException>(_directory.Create).Diagnostic;

        Assert.Equal((DiagnosticCodes.StateDirectoryExposed, _directory.Path), (problem.Code, problem.File));
        Assert.Equal((UnixFileMode)0b111_111_111, File.GetUnixFileMode(_directory.Path));
    }

    public void Dispose() => _folder.Dispose();
}
