using System.Globalization;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Ports;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Text;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.Board;
using Omniview.Plugin.DevServer.Debugging;

namespace Omniview.Plugin.DevServer.Running;

/// <summary>
/// The debugger of an instance, on one port for as long as the plugin is served: after a swap an editor finds the new
/// plugin where the old one was. One port has one listener, so the old plugin goes before the new one comes.
/// </summary>
internal sealed class PluginDebugger : IDisposable
{
    private static readonly TimeSpan UnboundLimit = TimeSpan.FromSeconds(5);

    private readonly PluginContext _context;
    private readonly Delve _delve;
    private readonly PortLease _port;
    private bool _announced;

    private PluginDebugger(PluginContext context, Delve delve, PortLease port)
    {
        _context = context;
        _delve = delve;
        _port = port;
    }

    private PluginBoard Board => _context.Board;

    private string AttachCommand => string.Create(CultureInfo.InvariantCulture, $"dlv connect 127.0.0.1:{_port.Port}");

    /// <summary>
    /// Null when none is asked for, or when there can be none: a warning says why, and the plugin runs without.
    /// </summary>
    public static PluginDebugger? Open(
        PluginContext context, DevSettings settings, Action<IReadOnlyList<Diagnostic>> tell)
    {
        if (!settings.Go.Debuggable)
        {
            return null;
        }

        try
        {
            var finder = new ExecutableFinder(settings.ProjectDirectory, settings.SearchPath);
            var delve = Delve.Find(
                finder,
                settings.Go.DlvPath,
                name => settings.Go.Environment.GetValueOrDefault(name) ?? ChildEnvironment.Variable(settings, name));
            var debugger = new PluginDebugger(context, delve, TakePort(context, settings));
            tell([]);
            return debugger;
        }
        catch (DiagnosticException e)
        {
            tell([e.Diagnostic]);
            return null;
        }
    }

    public ProcessSpec Around(ProcessSpec plugin) => _delve.Around(plugin, _port.Port);

    public Debuggee Debuggee(ManagedProcess debugger) => new(
        debugger,
        _port.Port,
        () => Board.Fail(LogSource.Manager, "The plugin has panicked. It stands there to be looked at " +
            $"({AttachCommand}) until the next save."));

    /// <summary>For when the debugger has ended: the next one needs its port.</summary>
    public async Task UnboundAsync()
    {
        if (await _port.UnboundAsync(UnboundLimit) is { } holder)
        {
            Board.Warn(LogSource.Manager, $"The debugger has ended, but its port is still taken by {holder}.");
        }
    }

    /// <summary>Says, once, how to attach.</summary>
    public void Announce()
    {
        if (!_announced)
        {
            _announced = true;
            var port = _port.Port.ToString(CultureInfo.InvariantCulture);
            Board.Info(LogSource.Manager, $"debugger: {AttachCommand}");
            Board.Info(
                LogSource.Manager,
                $$"""VS Code, launch.json: { "name": "Attach to {{_context.PluginId}}", "type": "go", "request":"""
                    + $$""" "attach", "mode": "remote", "host": "127.0.0.1", "port": {{port}} }""");
        }
    }

    public void Dispose() => _port.Dispose();

    private static PortLease TakePort(PluginContext context, DevSettings settings)
    {
        var wanted = settings.Go.DebugPort;
        if (wanted != 0)
        {
            try
            {
                return context.Ports.Allocate(new PortRange(wanted, wanted));
            }
            catch (DiagnosticException)
            {
                context.Board.Warn(
                    LogSource.Manager,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The debugger can't have port {wanted} (OmniviewDebugPort): it is taken, or no port at " +
                        $"all. It gets another."
                    ));
            }
        }

        var range = PortRange.Debuggers;
        try
        {
            return context.Ports.Allocate(range, range.First + (int)(StableHash.Of(context.PluginId) % range.Count));
        }
        catch (DiagnosticException e)
        {
            throw new DiagnosticException(Diagnostic.Warning(
                e.Diagnostic.Code, $"The plugin runs without a debugger: no port is free in {range}. Set " +
                    "OmniviewDebugPort to one that is."), e);
        }
    }
}
