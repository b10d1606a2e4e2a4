using System.Threading.Channels;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Text;
using Omniview.Plugin.Core.Ui.Packages;
using Omniview.Plugin.Core.Ui.TypeScript;
using Omniview.Plugin.Core.Ui.Vite;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Board;
using Omniview.Plugin.DevServer.StateMachine;

namespace Omniview.Plugin.DevServer.Running;

/// <summary>
/// Looks after each save of the UI at what Vite serves and at the types, so that an error shows though no browser asks
/// for it.
/// </summary>
/// <param name="found">Gets what is wrong.</param>
/// <param name="board">Gets what the tools say.</param>
/// <param name="modules">What Vite serves.</param>
/// <param name="request">The UI.</param>
/// <param name="level">What type errors are.</param>
internal sealed class UiChecks(
    Action<UiPart, IReadOnlyList<Diagnostic>> found,
    PluginBoard board,
    ViteModules modules,
    UiInstallRequest request,
    TypeCheckLevel? level)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Vite hears of a save as we do, and perhaps after us: when its answer is the old one it is asked again, later and
    /// later.
    /// </summary>
    private static readonly TimeSpan[] Timeouts = [
        .. new[] { 150, 300, 600, 1200, 2400 }.Select(one => TimeSpan.FromMilliseconds(one))];

    private readonly Channel<bool> _looks = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Channel<bool> _types = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Channel<bool> _configuration = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private volatile bool _everything;

    /// <summary>The project's folder has gone, which is told by itself.</summary>
    private bool IsAway => !Directory.Exists(request.Ui.Directory);

    /// <summary>A file was saved.</summary>
    /// <param name="file">Absolute path.</param>
    /// <returns>Whether it may be one that Vite is configured with, and starts anew with.</returns>
    public bool Saved(string file)
    {
        if (IsAway)
        {
            return false;
        }

        var isKnown = modules.Knows(file);
        var mayConfigure = !isKnown && Path.GetDirectoryName(file) == request.Ui.Directory;
        _everything |= !isKnown;
        Look();
        _types.Writer.TryWrite(true);
        if (mayConfigure)
        {
            _configuration.Writer.TryWrite(true);
        }

        return mayConfigure;
    }

    /// <summary>What Vite serves may be another.</summary>
    public void Look() => _looks.Writer.TryWrite(true);

    /// <summary>All of it is looked at anew.</summary>
    public void LookAgain()
    {
        _everything = true;
        Look();
        _types.Writer.TryWrite(true);
        _configuration.Writer.TryWrite(true);
    }

    /// <summary>Looks until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellation)
    {
        _everything = true;
        Look();
        _types.Writer.TryWrite(true);
        return Task.WhenAll(
            LookAsync(cancellation),
            CheckAsync(
                _types,
                () =>
                    UiTypes.CheckAsync(
                        request,
                        level,
                        line => board.Log(LogSource.Vite, "debug", PlainText.Of(line.Text)),
                        cancellation),
                problems => found(UiPart.Types, problems),
                cancellation),
            CheckAsync(
                _configuration,
                () => ViteDevServer.WhyUnconfiguredAsync(request, cancellation),
                problems => found(UiPart.Configuration, problems),
                cancellation));
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        var tries = 0;
        while (true)
        {
            if (tries == 0)
            {
                await _looks.Reader.WaitToReadAsync(cancellation);
                await Task.Delay(Quiet, cancellation);
            }
            else
            {
                using var next = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                next.CancelAfter(Timeouts[tries - 1]);
                await ((Task)_looks.Reader.WaitToReadAsync(next.Token).AsTask()).ConfigureAwait(
                    ConfigureAwaitOptions.SuppressThrowing);
                cancellation.ThrowIfCancellationRequested();
            }

            tries = _looks.Reader.TryRead(out _) ? 0 : tries;
            var everything = _everything;
            _everything = false;
            try
            {
                var (problems, unsure) = await modules.LookAsync(everything, cancellation);
                found(UiPart.Modules, problems);
                if (unsure && tries == Timeouts.Length)
                {
                    modules.AcceptAnswers();
                }

                tries = unsure && tries < Timeouts.Length ? tries + 1 : 0;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException
                && !cancellation.IsCancellationRequested)
            {
                modules.Forget(); // it restarts, perhaps with another base
                tries = Math.Min(tries + 1, Timeouts.Length);
            }
        }
    }

    /// <summary>
    /// After each save that calls for it. What is found of sources that are others by then is not shown.
    /// </summary>
    private async Task CheckAsync(
        Channel<bool> calls,
        Func<Task<IReadOnlyList<Diagnostic>>> find,
        Action<IReadOnlyList<Diagnostic>> show,
        CancellationToken cancellation)
    {
        while (await calls.Reader.WaitToReadAsync(cancellation))
        {
            await Task.Delay(Quiet, cancellation);
            calls.Reader.TryRead(out _);
            IReadOnlyList<Diagnostic> found;
            try
            {
                found = await find();
            }
            catch (DiagnosticException e)
            {
                found = [e.Diagnostic];
            }

            if (!calls.Reader.TryPeek(out _) && !IsAway)
            {
                show(found);
            }
        }
    }
}
