namespace Omniview.Plugin.Bench.Saves;

/// <summary>Something that makes a running plugin out of a saved file.</summary>
internal interface ISaveLoop : IAsyncDisposable
{
    /// <summary>
    /// Saves an edit and returns the time from just before the write until the new plugin is ready; the loop is at rest
    /// when it returns.
    /// </summary>
    Task<TimeSpan> SaveAsync(CancellationToken cancellation);
}
