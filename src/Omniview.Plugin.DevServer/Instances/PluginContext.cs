using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Manifest;
using Omniview.Plugin.Core.Ports;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.State;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Instances;

/// <summary>What the parts of one instance share.</summary>
internal sealed class PluginContext(DevSettings settings, PluginManifest manifest, string stateDirectory, PluginBoard board, PortAllocator ports, SocketFolders sockets, Rhythm rhythm, SourceFiles files)
{
    private volatile DevSettings _settings = settings;
    private volatile PluginManifest _manifest = manifest;
    private volatile bool _isProjectGone;
    private volatile int _startingPid;

    public DevSettings Settings => _settings;

    /// <summary>The environment of the children, over that of this process: the session's, and on top what the author wants.</summary>
    public Dictionary<string, string?> EnvironmentWith(IReadOnlyDictionary<string, string> author)
    {
        var environment = SessionEnvironment.Over(Settings.Environment);
        foreach (var (name, value) in author)
        {
            environment[name] = value;
        }

        return environment;
    }

    /// <summary>A variable as who opened the session has it.</summary>
    public string? Variable(string name) => Settings.Environment is { } session ? session.GetValueOrDefault(name) : Environment.GetEnvironmentVariable(name);

    /// <summary>From the next start on, the children have the environment that these settings bring.</summary>
    public void UseEnvironment(DevSettings other) => _settings = _settings with { Environment = other.Environment, SearchPath = other.SearchPath };

    public string StateDirectory { get; } = stateDirectory;

    public PluginBoard Board { get; } = board;

    public PortAllocator Ports { get; } = ports;

    public SocketFolders Sockets { get; } = sockets;

    public Rhythm Rhythm { get; } = rhythm;

    /// <summary>As last read without errors; its id never changes.</summary>
    public PluginManifest Manifest
    {
        get => _manifest;
        set => _manifest = value;
    }

    public InstalledPlugin Installed { get; } = new(stateDirectory, manifest.Id);

    public DevInfoKeeper DevInfo { get; } = new(new InstalledPlugin(stateDirectory, manifest.Id), board);

    public SourceFiles Files { get; } = files;

    public BuildHistory Builds { get; } = new();

    public ProcessTable Processes { get; } = new();

    public string IntermediateDirectory { get; } =
        settings.IntermediateDirectory ?? Path.Combine(settings.ProjectDirectory, "obj", "omniview");

    /// <summary>Where the loop has go write.</summary>
    public string GoWorkFolder { get; } = new HostDirectory(stateDirectory).Go;

    /// <summary>The port Vite has or is to get; 0 without a UI.</summary>
    public int VitePort => Board.State.VitePort;

    /// <summary>The project's folder can't be read at the moment: there is nothing to build.</summary>
    public bool IsProjectGone
    {
        get => _isProjectGone;
        set => _isProjectGone = value;
    }

    /// <summary>The plugin that is being started and has not shown yet that it is healthy; 0 for none.</summary>
    public int StartingPid
    {
        get => _startingPid;
        set => _startingPid = value;
    }

    /// <summary>Whether a process is a plugin of this instance.</summary>
    public bool IsOwn(int pid) => pid == StartingPid || pid == Board.State.PluginPid || DevInfo.Names(pid);
}
