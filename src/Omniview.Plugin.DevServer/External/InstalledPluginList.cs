using Omniview.Plugin.Core.Manifest;

namespace Omniview.Plugin.DevServer.External;

/// <summary>The ids of the plugins in a state directory. Its folder is listed again only now and then.</summary>
internal sealed class InstalledPluginList(string stateDirectory)
{
    private const int ListEvery = 8; // looks; sooner when the folder of plugins says that it has changed

    private HashSet<string> _ids = [];
    private DateTime _listed;
    private long _looks;

    /// <summary>To be called once a look.</summary>
    /// <exception cref="IOException">The folder can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Alike.</exception>
    public IReadOnlySet<string> List()
    {
        _looks++;
        var plugins = new DirectoryInfo(Path.Combine(stateDirectory, "plugins"));
        var written = plugins.Exists ? plugins.LastWriteTimeUtc : default;
        if (written != _listed || _looks % ListEvery == 0)
        {
            _ids = written == default
                ? []
                : [
                    .. plugins.EnumerateDirectories()
                        .Select(folder => folder.Name)
                        .Where(id => PluginId.Problem(id) is null),
                ];
            _listed = written;
        }

        return _ids;
    }
}
