using System.Diagnostics;
using System.Runtime.InteropServices;
using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Desktop;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Reports;
using Omniview.Plugin.Core.Text;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Cli.Terminal;

/// <summary>
/// The dev loop on a terminal: the log in colours, below it how the plugin is and what is wrong, and a few keys.
/// </summary>
internal sealed class TerminalView : IDevListener, IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private const string Help = """
          o      opens the dashboard         r  rebuilds the backend
          u      opens the UI's page         q  quits, as Ctrl+C does
          Enter  leaves a line free          ?  shows this
          In another terminal: omniview-plugin-dev status, logs, errors, rebuild,
          restart, stop, doctor, explain <code>; --help lists all
        """;

    private readonly TaskCompletionSource _quit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LiveArea _area = new(Console.Out.Write, TerminalSupport.Size);
    private readonly DevReport _report;
    private readonly Lock _lock = new();
    private readonly Timer _timer;
    private readonly List<PosixSignalRegistration> _signals = [];
    private readonly CancellationTokenSource _leaving = new();
    private readonly CancellationToken _left;
    private Task _asked = Task.CompletedTask;
    private HostClient? _host;
    private DevServerState? _state;
    private IReadOnlyList<BuildError> _errors = [];
    private Stopwatch _busy = Stopwatch.StartNew();
    private string _doing = "";
    private readonly bool _hasKeys;
    private bool _disposed;

    public TerminalView(bool verbose)
    {
        _left = _leaving.Token;
        _report = new DevReport(_area.Write, verbose, new ColouredLines());
        _timer = new Timer(_ => Unfailing.Do("drawing the status line", Refresh), state: null, Tick, Tick);
        if (!OperatingSystem.IsWindows())
        {
            _signals.Add(PosixSignalRegistration.Create(
                PosixSignal.SIGWINCH, _ => Unfailing.Do("drawing the status line", Redraw)));
            _signals.Add(PosixSignalRegistration.Create(
                PosixSignal.SIGCONT, _ => Unfailing.Do("drawing the status line", Redraw)));
        }

        if (_hasKeys = TerminalSupport.HasKeys)
        {
            Keyboard.Listen(Press);
        }
    }

    /// <summary>Completes when <c>q</c> is pressed.</summary>
    public Task Quit => _quit.Task;

    public void Say(string line) => _area.Write(line);

    public void Started(DevSession session)
    {
        _host = session.Client;
        _report.Started(session);
        Change(() => (_state, _errors) = (session.Started.State, session.Started.Errors));
    }

    public void StatusChanged(DevServerState state)
    {
        _report.StatusChanged(state);
        Change(() =>
        {
            if (state.Status == ProcessStatus.Building && _state?.Status != ProcessStatus.Building)
            {
                (_busy, _doing) = (Stopwatch.StartNew(), "");
            }

            _state = state;
        });
    }

    public void Logged(LogEntry entry)
    {
        _report.Logged(entry);
        if (entry.Source is LogSource.Vite or LogSource.GoBuild && !string.IsNullOrWhiteSpace(entry.Message))
        {
            Change(() => _doing = entry.Message);
        }
    }

    public void ErrorsChanged(IReadOnlyList<BuildError> errors)
    {
        _report.ErrorsChanged(errors);
        Change(() => _errors = errors);
    }

    /// <summary>Leaves the log, and a terminal as it was.</summary>
    public void Leave()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _timer.Dispose();
        _signals.ForEach(signal => signal.Dispose());
        _area.Dispose();
        if (_hasKeys)
        {
            Console.Out.Write(Ansi.KeypadLocal);
        }
    }

    /// <summary>Leaves, and ends what the keys asked for.</summary>
    public async ValueTask DisposeAsync()
    {
        Leave();
        await _leaving.CancelAsync();
        await _asked;
        _leaving.Dispose();
    }

    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
        }

        Refresh();
    }

    private void Refresh()
    {
        lock (_lock)
        {
            if (_state is { } state)
            {
                _area.Show(StatusLines.Of(state, _errors, _busy.Elapsed, _doing, TerminalSupport.Size().Columns));
            }
        }
    }

    /// <summary>
    /// The size has changed, or another program has written: what stands there is drawn anew, then broken into other
    /// lines.
    /// </summary>
    private void Redraw()
    {
        _area.Redraw();
        Refresh();
    }

    private void Press(char key)
    {
        switch (char.ToLowerInvariant(key))
        {
            case 'q':
                _quit.TrySetResult();
                break;
            case 'o' when _host is { } host:
                Begin(async () =>
                {
                    var link = await host.CreateDashboardLinkAsync(_left);
                    await Browser.OpenByFileAsync(link.File, link.Url, _left);
                });
                break;
            case 'u' when _state?.ViteUrl is { Length: > 0 } url:
                Begin(() => Browser.OpenAsync(url, _left));
                break;
            case 'u':
                Say("There is no page now: the UI is not up, or the plugin has none.");
                break;
            case 'r' when _host is { } host && _state is { } state:
                Begin(() => host.RebuildAsync(state.PluginId, _left));
                break;
            case '?' or 'h':
                Say(Help);
                break;
            case '\r' or '\n':
                Say("");
                break;
            default:
                break;
        }
    }

    /// <summary>Does it beside the next keys.</summary>
    private void Begin(Func<Task> action) => _asked = Task.WhenAll(_asked, TryAsync(action));

    private async Task TryAsync(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (OperationCanceledException)
        {
            // the view is left
        }
        catch (Exception e)
        {
            Say(TerminalText.Neutralise(e.Message));
        }
    }
}
