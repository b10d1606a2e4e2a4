namespace Omniview.Plugin.Core.Tests.TestRun;

/// <summary>No limit of a test covers the end of a fixture.</summary>
/// <inheritdoc cref="HangingOnPurpose"/>
public sealed class HangingWithItsFixture(HangingWithItsFixture.Fixture fixture)
    : IClassFixture<HangingWithItsFixture.Fixture>
{
    [Fact(Explicit = true)]
    public void Passes() => fixture.Hangs = true;

    public sealed class Fixture : IAsyncDisposable
    {
        /// <summary>xunit makes the fixture, and ends it, also when none of the class's tests is run.</summary>
        public bool Hangs { get; set; }

        public async ValueTask DisposeAsync()
        {
            if (Hangs)
            {
                await new TaskCompletionSource().Task;
            }
        }
    }
}
