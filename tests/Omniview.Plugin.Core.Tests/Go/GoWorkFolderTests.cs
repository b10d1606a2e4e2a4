using System.Diagnostics;
using System.Globalization;
using Omniview.Plugin.Core.Go.Commands;

namespace Omniview.Plugin.Core.Tests.Go;

public sealed class GoWorkFolderTests : IDisposable
{
    private readonly TempFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void What_a_killed_build_left_goes_with_the_next_one_and_what_another_uses_stays()
    {
        using var ended = Process.Start(OperatingSystem.IsWindows() ? "hostname" : "true");
        ended.WaitForExit();
        var left = Make($"omniview-go-{ended.Id.ToString(CultureInfo.InvariantCulture)}-abc");
        var used = Make($"omniview-go-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}-abc");
        var old = Make("omniview-go-1-abc");
        Directory.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddDays(-1));
        var foreign = Make("omniview-go-notes");

        var own = new GoWorkFolder(_temporary.Path);

        Assert.Equal(
            new HashSet<string> { used, own.Path, foreign }, Directory.GetDirectories(_temporary.Path).ToHashSet());
        own.Dispose();
        Assert.False(Directory.Exists(own.Path));
    }

    [Fact]
    [UnixOnly("Windows has no modes")]
    public void Nobody_else_can_enter_it_whatever_the_umask()
    {
        using var own = new GoWorkFolder(_temporary.Path);

        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(own.Path));
    }

    private string Make(string name) => Directory.CreateDirectory(_temporary[name]).FullName;
}
