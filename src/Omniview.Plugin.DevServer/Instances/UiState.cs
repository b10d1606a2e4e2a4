using System.Globalization;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Ui.TypeScript;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Instances;

/// <summary>
/// How the UI is: whether Vite answers, and what is wrong with it or with what it serves. An error of any kind makes the
/// UI's status <c>error</c>, whether Vite answers or not.
/// </summary>
/// <param name="board">Shows it.</param>
internal sealed class UiState(PluginBoard board)
{
    private readonly Lock _lock = new();
    private IReadOnlyList<Diagnostic> _server = [];
    private IReadOnlyList<Diagnostic> _configuration = [];
    private IReadOnlyList<Diagnostic> _modules = [];
    private IReadOnlyList<Diagnostic> _types = [];
    private IReadOnlyList<Diagnostic> _shown = [];

    /// <summary>Whether something is wrong with Vite itself, which only a new start can mend.</summary>
    public bool HasServerProblem
    {
        get
        {
            lock (_lock)
            {
                return _server.Count > 0;
            }
        }
    }

    /// <summary>A port is taken, Vite is on its way.</summary>
    public void Starting() => board.Update(state => state with { ViteStatus = ProcessStatus.Starting, ViteUrl = "" });

    /// <summary>Vite answers. What was wrong with an earlier one is forgotten.</summary>
    public void Serving(int port)
    {
        lock (_lock)
        {
            (_server, _configuration, _modules) = ([], [], []);
            Show(state => state with { ViteUrl = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}") });
        }
    }

    /// <summary>Vite answers no more. Why is told next.</summary>
    public void Ended() => board.Update(state => state.ViteUrl.Length == 0 ? state : state with { ViteStatus = ProcessStatus.Starting, ViteUrl = "" });

    /// <summary>There is no Vite, for these reasons.</summary>
    public void Failed(IReadOnlyList<Diagnostic> problems)
    {
        lock (_lock)
        {
            (_server, _configuration, _modules) = (problems, [], []);
            Show(state => state with { ViteStatus = ProcessStatus.Error, ViteUrl = "" });
        }
    }

    /// <summary>What is wrong with Vite itself, though it may answer.</summary>
    public void SetServer(IReadOnlyList<Diagnostic> problems) => Set(ref _server, problems);

    /// <summary>What keeps Vite from taking over its configuration.</summary>
    public void SetConfiguration(IReadOnlyList<Diagnostic> problems) => Set(ref _configuration, problems);

    /// <summary>What Vite can not serve.</summary>
    public void SetModules(IReadOnlyList<Diagnostic> problems) => Set(ref _modules, problems);

    /// <summary>What TypeScript says.</summary>
    public void SetTypes(IReadOnlyList<Diagnostic> problems) => Set(ref _types, problems);

    private void Set(ref IReadOnlyList<Diagnostic> part, IReadOnlyList<Diagnostic> problems)
    {
        lock (_lock)
        {
            part = problems;
            _types = [.. UiTypes.Without(_modules, _types)]; // what Vite says too is mended when Vite says so
            Show(state => state);
        }
    }

    private void Show(Func<DevServerState, DevServerState> change)
    {
        List<Diagnostic> problems = [.. _server, .. _configuration, .. _modules, .. _types];
        if (!problems.SequenceEqual(_shown))
        {
            _shown = problems;
            board.SetProblems(ProblemSource.Ui, problems);
        }

        var error = problems.Find(one => one.Severity == DiagnosticSeverity.Error);
        board.Update(state => WithError(change(state), error));
    }

    private static DevServerState WithError(DevServerState state, Diagnostic? error) => state with
    {
        ViteError = error is null ? "" : BuildError.From(error).In(state.DevPath),
        ViteStatus = state.ViteUrl.Length == 0 ? state.ViteStatus : error is null ? ProcessStatus.Ready : ProcessStatus.Error,
    };
}
