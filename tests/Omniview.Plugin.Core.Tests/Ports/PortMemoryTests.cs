using Omniview.Plugin.Core.Ports;

namespace Omniview.Plugin.Core.Tests.Ports;

public sealed class PortMemoryTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void The_last_port_is_known_to_whoever_looks()
    {
        Assert.Null(Memory().Port);

        Memory().Remember(15173);
        Memory().Remember(15180);

        Assert.Equal(15180, Memory().Port);
    }

    [Theory]
    [InlineData("")]
    [InlineData("port")]
    [InlineData("-1")]
    [InlineData("99999999999")]
    public void What_is_no_port_is_no_memory(string text)
    {
        _folder.Write("obj/port", text);

        Assert.Null(Memory().Port);
    }

    [Fact]
    public void A_folder_that_can_not_be_written_costs_only_the_memory()
    {
        _folder.Write("obj", "a file");

        Memory().Remember(15173);

        Assert.Null(Memory().Port);
    }

    public void Dispose() => _folder.Dispose();

    private PortMemory Memory() => new(_folder["obj/port"]);
}
