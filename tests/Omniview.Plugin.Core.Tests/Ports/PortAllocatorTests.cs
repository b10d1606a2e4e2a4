using System.Net;
using System.Net.Sockets;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Ports;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Tests.Processes;

namespace Omniview.Plugin.Core.Tests.Ports;

public sealed class PortAllocatorTests
{
    // the tests of the dev host take those from 20,000 on
    private static int _nextPort = Random.Shared.Next(16_000, 19_000);

    private readonly PortAllocator _allocator = new();

    [Fact]
    public void Omniviews_own_range_is_a_hundred_ports_from_15173() =>
        Assert.Equal(
            (15173, 15272, "15173-15272"),
            (PortRange.Default.First, PortRange.Default.Last, PortRange.Default.ToString()));

    [Fact]
    public void The_lowest_free_port_comes_first()
    {
        var range = FreeRange(3);

        Assert.Equal(
            [range.First, range.First + 1, range.First + 2],
            Enumerable.Range(0, 3).Select(_ => _allocator.Allocate(range).Port));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    public void A_port_somebody_listens_on_is_not_free(string address)
    {
        var at = IPAddress.Parse(address);
        Assert.SkipWhen(at.AddressFamily == AddressFamily.InterNetworkV6 && !Socket.OSSupportsIPv6, "no IPv6 here");
        var range = FreeRange(2);
        using var listener = new TcpListener(at, range.First);
        listener.Start();

        Assert.False(PortAllocator.IsFree(range.First));
        Assert.Equal(range.Last, _allocator.Allocate(range).Port);
    }

    [Fact]
    [LinuxOnly("hosts know of each other's ports on Linux only")]
    public async Task Forty_at_once_from_two_allocators_are_forty_ports()
    {
        var range = FreeRange(40);
        var other = new PortAllocator();

        var leases = await Task.WhenAll(
            Enumerable
                .Range(0, 40)
                .Select(number => Task.Run(() => (number % 2 == 0 ? _allocator : other).Allocate(range))));

        Assert.Equal(Enumerable.Range(range.First, 40), leases.Select(lease => lease.Port).Order());
    }

    [Fact]
    public void A_port_comes_back_when_its_lease_ends_and_only_once()
    {
        var range = FreeRange(1);
        var first = _allocator.Allocate(range);
        first.Dispose();
        var second = _allocator.Allocate(range);

        first.Dispose(); // a late second release must not free the successor's port

        Assert.Equal(first.Port, second.Port);
        Assert.Throws<DiagnosticException>(() => _allocator.Allocate(range));
    }

    [Fact]
    public void The_preferred_port_is_given_if_it_is_in_the_range_and_free()
    {
        var range = FreeRange(3);

        Assert.Equal(range.Last, _allocator.Allocate(range, preferred: range.Last).Port);
        Assert.Equal(range.First, _allocator.Allocate(range, preferred: range.Last).Port);
        Assert.Equal(range.First + 1, _allocator.Allocate(range, preferred: 1).Port);
    }

    [Fact]
    public void Ports_the_caller_found_unusable_are_passed_over()
    {
        var range = FreeRange(3);

        Assert.Equal(
            range.Last,
            _allocator
                .Allocate(range, preferred: range.First, except: new HashSet<int> { range.First, range.First + 1 })
                .Port);
    }

    [Fact]
    public async Task What_another_process_has_taken_is_passed_over_until_that_ends_however_it_does()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "hosts know of each other's ports on Linux only");
        var range = FreeRange(2);
        await using var starter = await Starter.StartAsync("exec sleep 300", "--port", $"{range.First}");
        Assert.Equal(range.First, await starter.NumberAfterAsync("port"));

        Assert.Equal(range.Last, _allocator.Allocate(range).Port);
        await starter.SignalAsync("KILL");
        await Until.TrueAsync(() => Released(range.First), "the last of its threads has ended");

        Assert.Equal(range.First, _allocator.Allocate(range).Port);
    }

    [Fact]
    [LinuxOnly("only Linux tells who has a port")]
    public async Task When_none_is_free_the_problem_names_the_range_who_has_it_and_what_to_do()
    {
        var range = FreeRange(6);
        await using var stranger = ManagedProcess.Start(Listen(
            range.First, range.First + 1, range.First + 3), _ => { });
        await Until.TrueAsync(
            () => new[] { 0, 1, 3 }.All(offset => !PortAllocator.IsFree(range.First + offset)), "the stranger listens");
        using var here = new TcpListener(IPAddress.Loopback, range.First + 2);
        here.Start();
        using var lease = _allocator.Allocate(range);
        using var reserved = PortReservation.TryTake(range.Last);

        var message = AssertNoPort(range, "ViteDevPortStart");

        Assert.Contains($"node (PID {stranger.Id}): {range.First}-{range.First + 1}, {range.First + 3}; ", message);
        Assert.Contains($"(PID {Environment.ProcessId}): {range.First + 2};", message);
        Assert.Contains("2 on which nothing listens (yet)", message);
        Assert.Contains("1 of 6 are of plugins this dev host serves", message);
    }

    [Fact]
    [LinuxOnly("only Linux tells who has a port")]
    public async Task A_lease_tells_when_its_port_is_free_again_and_else_who_keeps_it()
    {
        var range = FreeRange(1);
        using var lease = _allocator.Allocate(range);
        Assert.Null(await lease.UnboundAsync(TimeSpan.Zero));
        var listener = new TcpListener(IPAddress.IPv6Loopback, lease.Port);
        listener.Start();

        Assert.Contains(
            $"(PID {Environment.ProcessId}): {lease.Port}", await lease.UnboundAsync(TimeSpan.FromMilliseconds(50)));
        var waiting = lease.UnboundAsync(Limits.Wait);
        Assert.False(waiting.IsCompleted);
        listener.Dispose();

        Assert.Null(await waiting);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(70000, 65535)]
    [InlineData(65535, 65536)]
    [InlineData(200, 100)]
    [InlineData(-5, -1)]
    public void What_is_no_range_of_ports_is_said_to_be_none(int first, int last) =>
        AssertNoPort(new PortRange(first, last), "65535");

    [Fact]
    public void The_last_port_there_is_belongs_to_its_range()
    {
        Assert.SkipUnless(PortAllocator.IsFree(65535), "another program has port 65535");

        Assert.Equal(65535, _allocator.Allocate(new PortRange(65535, 65535)).Port);
    }

    private static bool Released(int port)
    {
        using var reservation = PortReservation.TryTake(port);
        return reservation is not null;
    }

    private static ProcessSpec Listen(params int[] ports) =>
        new ExecutableFinder("/nowhere").Find("node") is { } node
            ? new ProcessSpec(
                node, ["-e", $"[{string.Join(',', ports)}].forEach(port => " +
                    "require('net').createServer().listen(port, '127.0.0.1'))"], "/")
            : throw new InvalidOperationException("There is no node.");

    private string AssertNoPort(PortRange range, string hint)
    {
        var problem = Assert.Throws<DiagnosticException>(() => _allocator.Allocate(range)).Diagnostic;
        Assert.Equal(DiagnosticCodes.NoFreePort, problem.Code);
        Assert.Contains($"{range.First}-{range.Last}", problem.Message);
        Assert.Contains(hint, problem.Message);
        return problem.Message;
    }

    /// <summary>Consecutive free ports below those the system gives to outgoing connections.</summary>
    // Each range is another one: the leases of a test that has ended may be kept until their allocator is collected.
    private static PortRange FreeRange(int count)
    {
        while (true)
        {
            var first = Interlocked.Add(ref _nextPort, count) - count;
            if (Enumerable.Range(first, count).All(PortAllocator.IsFree))
            {
                return new PortRange(first, first + count - 1);
            }
        }
    }
}
