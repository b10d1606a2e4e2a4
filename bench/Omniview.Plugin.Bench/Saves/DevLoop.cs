using System.Diagnostics;
using System.Threading.Channels;
using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.State;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.Bench.Saves;

/// <summary>
/// This SDK's dev loop: the packed dev host, held by a session as <c>dotnet run</c> and the command line hold it.
/// </summary>
internal sealed class DevLoop : ISaveLoop, IDevListener
{
    private readonly Channel<long> _errors = Channel.CreateUnbounded<long>();
    private readonly Channel<(DevServerState State, long Time)> _states = Channel.CreateUnbounded<(
        DevServerState, long)>();
    private readonly PluginProject _plugin;
    private readonly DevSession _session;
    private readonly string _log;
    private int _generation;

    private DevLoop(PluginProject plugin, DevSession session, World world)
    {
        _plugin = plugin;
        _session = session;
        _log = new HostDirectory(world.State).Log;
        DevInfoFile = new InstalledPlugin(world.State, plugin.Id).DevInfoFile;
        _ = FollowAsync();
    }

    public string DevInfoFile { get; }

    /// <summary>Starts the dev host and waits for the first plugin.</summary>
    public static async Task<DevLoop> StartAsync(World world, PluginProject plugin, CancellationToken cancellation)
    {
        var settings = new DevSettings
        {
            ProjectDirectory = plugin.Folder,
            SearchPath = Environment.GetEnvironmentVariable("PATH"),
            Ui = new DevSettings.UiSettings { Enabled = false },
        };
        // Not to be cancelled half-way: a host without a session would live on for a while, in a folder about to be
        // removed.
        var host = await HostFinder.EnsureAsync(
            world.State, new HostCommand(Command.Find("dotnet"), [Repository.DevHost]), CancellationToken.None);
        var session = await host.OpenSessionAsync(settings, CancellationToken.None);
        var loop = new DevLoop(plugin, session, world);
        try
        {
            await loop.ReadyAsync(cancellation);
            return loop;
        }
        catch
        {
            await loop.DisposeAsync();
            throw;
        }
    }

    public async Task<TimeSpan> SaveAsync(CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        _plugin.Save();
        return Stopwatch.GetElapsedTime(start, await ReadyAsync(cancellation));
    }

    /// <summary>Saves an error and returns the time until it was told; the loop is at rest when it returns.</summary>
    public async Task<TimeSpan> FailAsync(CancellationToken cancellation)
    {
        while (_errors.Reader.TryRead(out _))
        {
        }

        var start = Stopwatch.GetTimestamp();
        _plugin.Break();
        var told = Stopwatch.GetElapsedTime(start, await _errors.Reader.ReadAsync(cancellation));
        var building = false;
        await foreach (var (state, _) in _states.Reader.ReadAllAsync(cancellation))
        {
            building |= state.GoStatus == ProcessStatus.Building;
            if (building && state.GoStatus == ProcessStatus.Error)
            {
                return told;
            }
        }

        throw new BenchException("The dev host has ended the session. Its log:\n" + ReadLog());
    }

    /// <summary>Saves what is there already; nothing comes of it.</summary>
    public void SaveAgain() => _plugin.SaveAgain();

    /// <summary>The dev host's process.</summary>
    public int HostPid => _session.Client.Record.Pid;

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _session.EndAsync();
        }
        catch (DiagnosticException)
        {
            // the dev host is gone, and why is being told already
        }

        await _session.DisposeAsync();
    }

    void IDevListener.Started(DevSession session) => Note(session.Started.State);

    void IDevListener.StatusChanged(DevServerState state) => Note(state);

    void IDevListener.Logged(LogEntry entry)
    {
    }

    void IDevListener.ErrorsChanged(IReadOnlyList<BuildError> errors)
    {
        if (errors.Count > 0)
        {
            _errors.Writer.TryWrite(Stopwatch.GetTimestamp());
        }
    }

    private async Task FollowAsync()
    {
        await _session.FollowAsync(this);
        _states.Writer.TryComplete();
    }

    private string ReadLog()
    {
        using var stream = new FileStream(_log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private void Note(DevServerState state) => _states.Writer.TryWrite((state, Stopwatch.GetTimestamp()));

    /// <summary>When the next generation was reported, told once the old plugin is gone too.</summary>
    private async Task<long> ReadyAsync(CancellationToken cancellation)
    {
        long? ready = null;
        var building = false;
        await foreach (var (state, time) in _states.Reader.ReadAllAsync(cancellation))
        {
            building |= state.GoStatus == ProcessStatus.Building;
            if (building && state.GoStatus == ProcessStatus.Error) // without: the end of the last save's failure
            {
                throw new BenchException($"The dev loop failed: {state.LastError}");
            }

            if (state.Generation > _generation)
            {
                _generation = state.Generation;
                ready = time;
            }

            if (ready is { } at && state.GoStatus == ProcessStatus.Ready)
            {
                return at;
            }
        }

        throw new BenchException("The dev host has ended the session. Its log:\n" + ReadLog());
    }
}
