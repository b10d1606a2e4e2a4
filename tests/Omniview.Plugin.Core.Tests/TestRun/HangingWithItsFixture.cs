namespace Omniview.Plugin.Core.Tests.TestRun;

/// <summary>No limit of a test covers the end of a fixture.</summary>
/// <inheritdoc cref="HangingOnPurpose"/>
public sealed class HangingWithItsFixture : IClassFixture<HangingWithItsFixture.Fixture>
{
    [Fact(Explicit = true)]
    public void Passes()
    {
    }

    public sealed class Fixture : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await new TaskCompletionSource().Task;
    }
}
