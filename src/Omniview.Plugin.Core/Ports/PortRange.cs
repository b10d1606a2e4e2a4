namespace Omniview.Plugin.Core.Ports;

/// <summary>Ports to choose from, both ends included.</summary>
internal sealed record PortRange(int First, int Last)
{
    /// <summary>Omniview's own range for plugin UIs.</summary>
    public static PortRange Default { get; } = new(15173, 15272);

    /// <summary>
    /// Ours for debuggers: beside the plugins' own (go-plugin gets 10000 to 25000) and below those systems hand out.
    /// </summary>
    public static PortRange Debuggers { get; } = new(25173, 25272);

    public int Count => Last - First + 1;

    public bool Contains(int port) => port >= First && port <= Last;

    public override string ToString() => $"{First}-{Last}";
}
