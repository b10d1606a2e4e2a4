using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.Core.Reports;

/// <summary>
/// What a dev session looks like in a terminal: where UI and API are, the log, and problems in the form
/// <c>file(line,col): error CODE: text</c> that editors and problem matchers read. Plain lines, one at a time.
/// </summary>
/// <param name="write">Gets each line.</param>
/// <param name="verbose">Debug lines, too.</param>
/// <param name="style">How a line looks.</param>
/// <param name="kept">What is written is kept where others read it, such as a binary log: the link to the dashboard is
/// left out.</param>
/// <param name="problems">False for who tells the problems in another way.</param>
internal sealed class DevReport(
    Action<string> write,
    bool verbose = false,
    LineStyle? style = null,
    bool kept = false,
    bool problems = true
) : IDevListener
{
    private readonly HelpLinks _links = new();
    private readonly LineStyle _style = style ?? LineStyle.Plain;
    private IReadOnlyList<BuildError> _errors = [];
    private string _viteUrl = "";

    public void Started(DevSession session)
    {
        var state = session.Started.State;
        Say($"omniview-plugin-dev {HostVersion.Own}: {state.PluginId} in {state.DevPath}");
        Say(
            kept
                ? "  Dashboard  omniview-plugin-dev open --dashboard"
                : $"  Dashboard  {session.Started.Dashboard} (opens once)");
        Say(
            $"  API  {session.Client.BaseAddress}api/v1/plugins/{state.PluginId} (bearer token in " +
            $"{session.Client.Record.TokenFile})"
        );
        Say("  Stop with Ctrl+C");
        foreach (var entry in session.Started.Logs)
        {
            Logged(entry);
        }

        StatusChanged(state);
        ErrorsChanged(session.Started.Errors);
    }

    public void StatusChanged(DevServerState state)
    {
        if (state.ViteUrl != _viteUrl)
        {
            _viteUrl = state.ViteUrl;
            if (_viteUrl.Length > 0)
            {
                Say($"  UI   {_viteUrl}");
            }
        }
    }

    public void Logged(LogEntry entry)
    {
        if (!verbose && IsDetail(entry))
        {
            return;
        }

        write(_style.Log(entry));
    }

    public void ErrorsChanged(IReadOnlyList<BuildError> errors)
    {
        if (!problems)
        {
            return;
        }

        // Each source of problems replaces its own ones: those of the others were told before.
        foreach (
            var error in errors.Where(error => !_errors.Any(known => known.ToDiagnostic() == error.ToDiagnostic())))
        {
            write(_style.Problem(error));
            if (_links.Line(error.Code, error.HelpLink) is { } link)
            {
                Say(link);
            }
        }

        if (errors.Count == 0 && _errors.Count > 0)
        {
            Say("problems: none");
        }

        _errors = errors;
    }

    private void Say(string text) => write(_style.Line(text));

    /// <summary>
    /// Debug lines, empty ones, and what go prints of a problem, which stands there as a problem already.
    /// </summary>
    private static bool IsDetail(LogEntry entry) =>
        entry.Level == "debug"
        || string.IsNullOrWhiteSpace(entry.Message)
        || (entry.Source == LogSource.GoBuild && !entry.Message.StartsWith("go: ", StringComparison.Ordinal));
}
