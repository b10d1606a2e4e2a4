using System.Net.Sockets;
using System.Text;
using Omniview.Plugin.Core.DevInfo;

namespace Omniview.Plugin.Core.Tests.DevInfo;

public sealed class SocketFoldersTests : IDisposable
{
    private readonly TempFolder _state = new();

    public void Dispose() => _state.Dispose();

    [Fact]
    [NotInWine("it makes no symbolic links")]
    public void A_link_in_its_place_is_taken_away_and_what_it_leads_to_stays()
    {
        var valuable = _state.Write("valuables/file", "dear");
        Directory.CreateSymbolicLink(_state["s"], _state["valuables"]);

        var sockets = new SocketFolders(_state["s"]);
        sockets.Clear();
        var folder = sockets.Create();

        Assert.Equal("dear", File.ReadAllText(valuable));
        Assert.Equal(_state["s"], Path.GetDirectoryName(folder));
        Assert.Null(new DirectoryInfo(_state["s"]).LinkTarget);
        Assert.Equal([valuable], Directory.GetFileSystemEntries(_state["valuables"]));
    }

    [Fact]
    [NotInWine("it makes no symbolic links")]
    public void A_link_that_leads_nowhere_and_a_file_are_no_hindrance()
    {
        File.CreateSymbolicLink(_state["s"], _state["nothing"]);
        Assert.True(Directory.Exists(new SocketFolders(_state["s"]).Create()));

        File.WriteAllText(_state["t"], "");
        Assert.True(Directory.Exists(new SocketFolders(_state["t"]).Create()));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(54)]
    [InlineData(90)]
    [InlineData(240)]
    [NotInWine("it has no Unix sockets (winapi error 10047)")]
    public void A_socket_fits_below_a_path_of_any_length_for_one_host_after_the_other(int length)
    {
        for (var host = 0; host < 2; host++)
        {
            var sockets = new SocketFolders(_state[new string('s', length)]);
            sockets.Clear();
            var folder = sockets.Create();
            using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
            {
                socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(folder, "plugin1234567890")));
            }

            Assert.InRange(Encoding.UTF8.GetByteCount(folder), 1, 71);
            sockets.Clear();
            Assert.False(Directory.Exists(folder));
            Assert.False(Directory.Exists(Path.GetDirectoryName(folder)));
        }
    }
}
