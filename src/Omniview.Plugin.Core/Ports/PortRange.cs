namespace Omniview.Plugin.Core.Ports;

/// <summary>Ports to choose from, both ends included.</summary>
public sealed record PortRange(int First, int Last)
{
    /// <summary>Omniview's own range for plugin UIs.</summary>
    public static PortRange Default { get; } = new(15173, 15272);

    public int Count => Last - First + 1;

    public bool Contains(int port) => port >= First && port <= Last;

    public override string ToString() => $"{First}-{Last}";
}
