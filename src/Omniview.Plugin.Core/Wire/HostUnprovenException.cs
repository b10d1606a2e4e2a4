namespace Omniview.Plugin.Core.Wire;

/// <summary>What listens at a dev host's port has not proved to be that dev host, and has been sent nothing.</summary>
/// <param name="isDevHost">Whether it answers as a dev host, of another token.</param>
internal sealed class HostUnprovenException(bool isDevHost) : IOException(
    "what listens there did not prove to be the dev host whose token is in the token file")
{
    public bool IsDevHost { get; } = isDevHost;
}
