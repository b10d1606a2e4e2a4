using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Ui.Sources;

namespace Omniview.Plugin.Core.Ui.Vite;

/// <summary>
/// What is read from the lines of a serving Vite: that the port for hot updates is taken, and when to look at what it
/// serves. What is wrong with a file it says too, but whether that still holds only Vite's answer for the file tells:
/// see <see cref="ViteModules"/>.
/// </summary>
/// <param name="uiDirectory">Absolute path of the UI folder.</param>
internal sealed partial class ViteLog(string uiDirectory)
{
    private readonly UiSources _sources = new(uiDirectory);
    private List<Diagnostic> _problems = [];
    private bool _inReport;
    private bool _placeWasTold;

    /// <summary>What is wrong with the server.</summary>
    public IReadOnlyList<Diagnostic> Problems => _problems;

    /// <summary>Takes the next line Vite printed, without colours.</summary>
    /// <param name="line">The line.</param>
    /// <param name="isError">Whether it came over standard error: what it prints over the other pipe is no part of a
    /// report.</param>
    public ViteWord Add(string line, bool isError)
    {
        if (isError)
        {
            Follow(line);
        }

        var hmr = HmrPort().Match(line);
        if (hmr.Success)
        {
            _problems = [HmrPortTaken(hmr.Groups["port"].Value)];
        }

        var position = _inReport && isError ? FilePosition().Match(line) : Match.Empty;
        _placeWasTold |= position.Success;
        var file = position.Success ? _sources.File(position.Groups["file"].Value) : null;
        return new ViteWord(
            (_inReport && isError) || StackFrame().IsMatch(line), hmr.Success, CallsForALook().IsMatch(line), file);
    }

    /// <summary>It starts anew: if something is still wrong it says so again.</summary>
    public void Forget() => _problems = [];

    /// <summary>A report begins with Vite's name; behind the place all of it is indented.</summary>
    private void Follow(string line)
    {
        if (Entry().IsMatch(line))
        {
            (_inReport, _placeWasTold) = (Failure().IsMatch(line), false);
        }
        else if (_placeWasTold && line.Length > 0 && line[0] != ' ')
        {
            _inReport = false;
        }
    }

    private Diagnostic HmrPortTaken(string port)
    {
        var problem = Diagnostic.Error(
            DiagnosticCodes.HmrPortTaken,
            $"Vite serves the UI, but saves do not reach the browser: the port{(port.Length > 0 ? " " + port : "")} " +
            "for hot updates (server.hmr.port) is in use by another program. Remove server.hmr.port from " +
            "vite.config, so that they come over Vite's own port, or end that program and rebuild.");
        var lines = _sources.Lines(_sources.Configuration);
        var line = Array.FindIndex(
            lines,
            one =>
                port.Length > 0
                    ? one.Contains(port, StringComparison.Ordinal)
                    : one.Contains("hmr", StringComparison.Ordinal));
        return line < 0
            ? problem.At(_sources.Configuration)
            : _sources.AtWord(
                problem,
                _sources.Configuration,
                line + 1,
                lines[line].IndexOf(port.Length > 0 ? port : "hmr", StringComparison.Ordinal) + 1);
    }

    /// <summary>
    /// What Vite says itself comes after the time and its name, since version 6 with the environment: vite, logger.ts.
    /// </summary>
    [GeneratedRegex(@"^.{0,24}?\[vite\] ")]
    private static partial Regex Entry();

    [GeneratedRegex(@"\[vite\] (?:\(\w+\) )?(?:Internal server error|Pre-transform error): ")]
    private static partial Regex Failure();

    [GeneratedRegex(
        @"\[vite\] (?:\(\w+\) )?(?:Internal server error|Pre-transform error|hmr |page reload|server restarted"
            + @"|.*optimized|.*[Rr]e-optimizing)"
    )]
    private static partial Regex CallsForALook();

    [GeneratedRegex(@"^WebSocket server error: Port(?: (?<port>\d+))? is already in use")]
    private static partial Regex HmrPort();

    [GeneratedRegex(@"^  File: (?<file>.+?)(?::\d+:\d+)?$")]
    private static partial Regex FilePosition();

    [GeneratedRegex(@"^ {4,}at ")]
    private static partial Regex StackFrame();
}
