namespace Omniview.Plugin.Core.Tests.TestRun;

/// <inheritdoc cref="HangingOnPurpose"/>
public sealed class SpinningOnPurpose
{
    [Fact(Explicit = true)]
    public void Spins()
    {
        while (true)
        {
            // for ever
        }
    }
}
