using Omniview.Plugin.Core.Go.Building;
using Omniview.Plugin.Core.Go.Commands;
using Omniview.Plugin.Core.Go.Incremental;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Running;

/// <summary>
/// The builds the go command is not asked for: from when one is prepared, behind a build of go's, until something
/// happens that only go can judge.
/// </summary>
internal sealed class IncrementalBuild(PluginContext context)
{
    private const int MostFailures = 3; // in a row: then this plugin is not made for it

    private readonly Lock _lock = new();
    private IncrementalBuilder? _builder;
    private int _failures;

    /// <summary>Whether the author wants such builds.</summary>
    public bool IsAllowed { get; set; } = true;

    /// <summary>Whether one is to be prepared.</summary>
    public bool IsWanted
    {
        get
        {
            lock (_lock)
            {
                return _builder is null && IsAllowed && _failures < MostFailures;
            }
        }
    }

    /// <summary>What the program is made of may be something else, or nobody wants it any more.</summary>
    public void Forget() => Replace(null);

    /// <summary>Builds; null when go is to do it.</summary>
    /// <param name="line">Gets what the compiler says.</param>
    /// <param name="cancellation">Ends it; the next one builds what this one left.</param>
    public async Task<GoBuildResult?> BuildAsync(Action<OutputLine> line, CancellationToken cancellation)
    {
        if (_builder is not { } builder)
        {
            return null;
        }

        var result = await builder.BuildAsync(line, cancellation);
        if (result is null)
        {
            if (builder.HasGivenUp)
            {
                Failed("there is more to it than to compile and to link");
            }

            Forget();
        }
        else
        {
            _failures = 0;
        }

        return result;
    }

    /// <summary>Prepares one for the builds behind a build of go's, if there can be one.</summary>
    /// <param name="request">That build.</param>
    /// <param name="begun">When it began.</param>
    /// <param name="listing">What it is made of.</param>
    /// <param name="cancellation">Ends go.</param>
    /// <returns>Null, or after what time go should list anew, since sources were written while it did.</returns>
    public async Task<TimeSpan?> PrepareAsync(
        GoBuildRequest request, DateTimeOffset begun, GoListing listing, CancellationToken cancellation)
    {
        if (!IsWanted)
        {
            return null;
        }

        var builder = await IncrementalBuilder.PrepareAsync(
            request, begun, listing, context.GoWorkFolder, cancellation);
        if (builder is null)
        {
            Failed("it does not say how it builds this");
        }
        else if (builder.SettlesIn is { } time)
        {
            builder.Dispose();
            return time;
        }
        else
        {
            Replace(builder);
            context.Board.Log(
                LogSource.Manager, "debug", "a change inside of a package needs no go command from here on");
        }

        return null;
    }

    private void Replace(IncrementalBuilder? builder)
    {
        lock (_lock)
        {
            (_builder, builder) = (builder, _builder);
        }

        builder?.Dispose();
    }

    private void Failed(string reason)
    {
        _failures++;
        context.Board.Log(
            LogSource.Manager,
            "debug",
            _failures < MostFailures ? $"go builds this time: {reason}" : $"go builds from now on: {reason}");
    }
}
