namespace Omniview.Plugin.Core.Tests.TestRun;

/// <inheritdoc cref="HangingOnPurpose"/>
public sealed class HangingAtItsEnd : IAsyncDisposable
{
    [Fact(Explicit = true)]
    public void Passes_and_is_never_disposed_of()
    {
    }

    public async ValueTask DisposeAsync() => await new TaskCompletionSource().Task;
}
