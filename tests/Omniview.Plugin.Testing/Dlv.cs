using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Omniview.Plugin.Testing;

/// <summary>The real debugger, which <c>build.sh setup all</c> puts beside the tools.</summary>
internal static class Dlv
{
    public static string Path { get; } = Find();

    /// <summary>Sends one command as a debugger's client would, and returns the answer.</summary>
    public static async Task<string> CallAsync(int port, string method, string argument)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
        await client
            .GetStream()
            .WriteAsync(
                Encoding.UTF8.GetBytes($$"""{"method":"RPCServer.{{method}}","params":[{{argument}}],"id":1}"""),
                TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadLineAsync(TestContext.Current.CancellationToken) ?? "";
    }

    /// <summary>The port that a log line of the dev host names.</summary>
    public static int PortIn(string message) =>
        int.Parse(message[(message.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture);

    private static string Find()
    {
        var path = Environment.GetEnvironmentVariable("OMNIVIEW_TEST_DLV")
            ?? System.IO.Path.Combine(Repository.Root, ".tools", "dlv", "dlv");
        return File.Exists(path)
            ? path
            : throw new InvalidOperationException(
                "There is no dlv. Run ./build.sh setup all, or name one in OMNIVIEW_TEST_DLV.");
    }
}
