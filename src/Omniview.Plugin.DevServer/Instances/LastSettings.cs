using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Instances;

/// <summary>With what each plugin was started the last time, of as many plugins as anybody has.</summary>
internal sealed class LastSettings
{
    private const int Capacity = 100;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DevSettings> _settings = new(StringComparer.Ordinal);

    public DevSettings? Find(string pluginId)
    {
        lock (_lock)
        {
            return _settings.GetValueOrDefault(pluginId);
        }
    }

    public void Add(string pluginId, DevSettings settings)
    {
        lock (_lock)
        {
            if (_settings.Count < Capacity || _settings.ContainsKey(pluginId))
            {
                _settings[pluginId] = settings;
            }
        }
    }
}
