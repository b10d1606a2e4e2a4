namespace Omniview.Plugin.DevServer.Hosting;

/// <summary>
/// Keeps ASP.NET from ending the process on its own at a signal: children are stopped first, by <see cref="DevHost"/>.
/// </summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
