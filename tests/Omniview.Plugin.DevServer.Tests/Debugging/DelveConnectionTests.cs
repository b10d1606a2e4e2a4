using System.Net;
using System.Net.Sockets;
using Omniview.Plugin.DevServer.Debugging;

namespace Omniview.Plugin.DevServer.Tests.Debugging;

/// <summary>The answers are Delve 1.27's, shortened.</summary>
public sealed class DelveConnectionTests
{
    [Theory]
    [InlineData(
        """{"id":1,"result":{"State":{"Pid":0,"Running":true,"NextInProgress":false,"exited":false,"exitStatus":0}},"error":null}""",
        DebuggeeState.Running,
        0
    )]
    [InlineData(
        """{"id":1,"result":{"State":{"Pid":24201,"Running":false,"currentThread":{"id":24201},"NextInProgress":false,"exited":false,"exitStatus":0}},"error":null}""",
        DebuggeeState.Stopped,
        0
    )]
    [InlineData(
        """{"id":1,"result":{"State":{"Running":false,"currentThread":{"id":7,"breakPoint":{"id":1,"name":"main.greet"}},"NextInProgress":false,"exited":false}},"error":null}""",
        DebuggeeState.Stopped,
        0
    )]
    [InlineData(
        """{"id":1,"result":{"State":{"Running":false,"currentThread":{"id":7,"breakPoint":{"id":-1,"name":"unrecovered-panic"}},"NextInProgress":false,"exited":false}},"error":null}""",
        DebuggeeState.Panicked,
        0
    )]
    [InlineData(
        """{"id":1,"result":{"State":{"Pid":24201,"Running":false,"NextInProgress":true,"exited":false}},"error":null}""",
        DebuggeeState.Running,
        0
    )]
    [InlineData(
        """{"id":1,"result":{"State":{"Running":false,"exited":true,"exitStatus":2}},"error":null}""",
        DebuggeeState.Exited,
        2
    )]
    [InlineData("""{"id":1,"result":null,"error":"Process 18064 has exited with status 3"}""", DebuggeeState.Exited, 3)]
    [InlineData(
        """{"id":1,"result":null,"error":"Process 18064 has exited with status -9"}""", DebuggeeState.Exited, -9
    )]
    [InlineData("""{"id":1,"result":null,"error":"detached from the process"}""", DebuggeeState.Unknown, 0)]
    [InlineData("{}", DebuggeeState.Unknown, 0)]
    internal void An_answer_says_what_the_program_does(string answer, DebuggeeState state, int exitCode) =>
        Assert.Equal((state, exitCode), DelveConnection.Read(answer));

    [Fact]
    public async Task Who_does_not_answer_or_talks_nonsense_is_no_error_and_is_asked_again()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var connection = new DelveConnection(((IPEndPoint)listener.LocalEndpoint).Port);
        var cancellation = TestContext.Current.CancellationToken;

        Assert.Equal((DebuggeeState.Unknown, 0), await AnsweredAsync("no JSON\n"u8.ToArray()));
        Assert.Equal((DebuggeeState.Unknown, 0), await AnsweredAsync([]));
        Assert.Equal(
            (DebuggeeState.Exited, 3),
            await AnsweredAsync("""{"id":1,"result":null,"error":"Process 1 has exited with status 3"}"""u8.ToArray()));
        listener.Stop();
        // the connection of the last answer has ended
        Assert.Equal((DebuggeeState.Unknown, 0), await connection.AskAsync(cancellation));
        Assert.Equal((DebuggeeState.Unknown, 0), await connection.AskAsync(cancellation)); // and there is no other

        async Task<(DebuggeeState, int)> AnsweredAsync(byte[] answer)
        {
            var asking = connection.AskAsync(cancellation);
            using var client = await listener.AcceptTcpClientAsync(cancellation);
            await client.GetStream().WriteAsync(answer, cancellation);
            client.Client.Shutdown(SocketShutdown.Send);
            return await asking;
        }
    }
}
