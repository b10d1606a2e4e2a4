namespace Omniview.Plugin.DevServer.Grpc;

/// <summary>What a plugin answers when it is asked for its health.</summary>
internal enum PluginHealth
{
    /// <summary>Nothing, or nothing that is gRPC.</summary>
    Silent,

    /// <summary>That it does not serve.</summary>
    NotServing,

    /// <summary>That it serves.</summary>
    Serving,

    /// <summary>That it has no health service; so its address is there and speaks gRPC.</summary>
    NotOffered,
}
