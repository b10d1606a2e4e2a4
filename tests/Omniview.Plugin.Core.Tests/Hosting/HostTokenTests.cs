using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.Core.Tests.Hosting;

/// <summary>Which secret is sent, and to whom.</summary>
public sealed class HostTokenTests : HostFinderTestBase
{
    [Fact]
    public async Task No_other_file_than_the_one_beside_the_record_is_sent_as_its_token()
    {
        var sent = new List<string?>();
        using var host = new FakeHost(Files, context =>
        {
            sent.Add(context.Request.Headers["Authorization"]);
            return FakeHost.JsonAsync(context, FakeHost.OwnVersion);
        });
        FakeHost.Publish(Files, host.Record);
        (host.Record with { TokenFile = Folder.Write("precious", "private") }).Write(
            Files.Record(host.Record.Port));

        using var client = await FindAsync();

        Assert.NotNull(client);
        Assert.Equal([$"Bearer {FakeHost.Token}"], sent);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("another token")]
    public async Task Who_does_not_prove_to_have_the_token_is_sent_neither_it_nor_a_request(string? token)
    {
        var asked = new List<string>();
        using var impostor = new FakeHost(Files, context =>
        {
            lock (asked)
            {
                asked.Add($"{context.Request.Url!.AbsolutePath} {context.Request.Headers["Authorization"]}");
            }

            return FakeHost.JsonAsync(context, FakeHost.OwnVersion);
        })
        {
            Proves = token,
        };
        FakeHost.Publish(Files, impostor.Record);

        if (token is null)
        {
            Assert.Null(await FindAsync());
        }
        else
        {
            Assert.Equal(
                DiagnosticCodes.HostDoesNotAnswer,
                (await Assert.ThrowsAsync<DiagnosticException>(FindAsync)).Diagnostic.Code);
        }

        Assert.All(asked, one => Assert.Equal($"{HostProof.Path} ", one));
    }

    [Fact]
    [UnixOnly("the connections of a listener of Windows outlive it")]
    public async Task Another_program_that_has_the_port_by_the_next_connection_is_sent_nothing()
    {
        using var host = new FakeHost(Files);
        FakeHost.Publish(Files, host.Record);
        using var client = await FindAsync();
        host.Dispose();
        var asked = new List<string?>();
        using var successor = new FakeHost(Files, context =>
        {
            asked.Add(context.Request.Headers["Authorization"]);
            return FakeHost.JsonAsync(context, Array.Empty<DevServerState>());
        }, host.Record.Port)
        {
            Proves = "its own",
        };

        await Assert.ThrowsAsync<DiagnosticException>(() => client!.ListAsync(Cancellation));

        Assert.Empty(asked);
    }

    [Theory]
    [InlineData("link")]
    [InlineData("hard link")]
    [InlineData("folder")]
    [InlineData("pipe")]
    [InlineData("writable by others")]
    [UnixOnly("its links, pipes and modes are made by programs of Unix")]
    public async Task A_token_that_can_be_another_files_is_not_read(string kind)
    {
        using var host = new FakeHost(Files);
        FakeHost.Publish(Files, host.Record);
        var token = host.Record.TokenFile;
        var precious = Folder.Write("precious", FakeHost.Token);
        if (kind != "writable by others")
        {
            File.Delete(token);
        }

        await BreakAsync(token, kind, precious);

        var problem = (await Assert.ThrowsAsync<DiagnosticException>(FindAsync)).Diagnostic;

        Assert.Equal(DiagnosticCodes.HostDoesNotAnswer, problem.Code);
        Assert.Contains($"its token can't be used: '{token}' ", problem.Message, StringComparison.Ordinal);
        Assert.Equal(FakeHost.Token, File.ReadAllText(precious));
    }

    [Fact]
    public async Task A_host_that_refuses_our_token_does_not_count_as_ours()
    {
        using var host = new FakeHost(Files);
        FakeHost.Publish(Files, host.Record);
        File.WriteAllText(host.Record.TokenFile, "wrong");

        Assert.Equal(
            DiagnosticCodes.HostDoesNotAnswer,
            (await Assert.ThrowsAsync<DiagnosticException>(FindAsync)).Diagnostic.Code);
    }
}
