using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Text;
using Omniview.Plugin.Core.Ui.Packages;
using Omniview.Plugin.Core.Ui.Vite;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Board;
using Omniview.Plugin.DevServer.StateMachine;

namespace Omniview.Plugin.DevServer.Running;

/// <summary>
/// What one Vite prints: for the log, folded where it is told as a problem, and for what it says of the server.
/// </summary>
internal sealed class ViteOutput(
    PluginBoard board,
    Action<UiPart, IReadOnlyList<Diagnostic>> found,
    ViteModules modules,
    UiChecks checks,
    UiProject ui)
{
    private const int Kept = 500;

    private readonly ViteLog _log = new(ui.Directory);
    private readonly Lock _lock = new();
    private readonly Queue<string> _lines = new();
    private IReadOnlyList<Diagnostic> _known = [];
    private bool _serves;

    /// <summary>The last ones, without colours.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>It ends because of that. Vite's words for a strict port (vite, http.ts).</summary>
    public bool IsPortTaken =>
        Lines.Any(line =>
            line.StartsWith("Error: Port ", StringComparison.Ordinal)
            && line.EndsWith(" is already in use", StringComparison.Ordinal));

    public void Add(OutputLine line)
    {
        var text = PlainText.Of(line.Text);
        lock (_lock)
        {
            _lines.Enqueue(text);
            if (_lines.Count > Kept)
            {
                _lines.Dequeue();
            }

            var word = _log.Add(text, line.IsError);
            board.Log(LogSource.Vite, word.IsDetail ? "debug" : line.IsError ? LevelOf(text) : "info", text);
            if (word.File is { } file)
            {
                modules.Include(file);
            }

            if (word.IsAboutServer && _serves)
            {
                found(UiPart.Server, [.. _known, .. _log.Problems]);
            }

            if (word.CallsForALook || word.File is not null)
            {
                checks.Look();
            }
        }
    }

    /// <summary>From now on what it says of itself is shown.</summary>
    /// <param name="known">What is known to be wrong already.</param>
    public void Serving(IReadOnlyList<Diagnostic> known)
    {
        lock (_lock)
        {
            (_serves, _known) = (true, known);
            found(UiPart.Server, [.. _known, .. _log.Problems]);
        }
    }

    /// <summary>It starts anew with another configuration.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _log.Forget();
            found(UiPart.Server, _known);
        }
    }

    private static string LevelOf(string text) =>
        text.Contains("warn", StringComparison.OrdinalIgnoreCase)
        || text.Contains("deprecat", StringComparison.OrdinalIgnoreCase)
        ? "warn"
        : "error";
}
