using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Running;

/// <summary>The environment of a plugin's children.</summary>
internal static class ChildEnvironment
{
    /// <summary>What is set over that of this process: the session's, and on top what the author wants.</summary>
    public static Dictionary<string, string?> Of(DevSettings settings, IReadOnlyDictionary<string, string> author)
    {
        var environment = SessionEnvironment.Over(settings.Environment);
        foreach (var (name, value) in author)
        {
            environment[name] = value;
        }

        return environment;
    }

    /// <summary>A variable as who opened the session has it.</summary>
    public static string? Variable(DevSettings settings, string name) =>
        settings.Environment is { } session
            ? session.GetValueOrDefault(name)
            : Environment.GetEnvironmentVariable(name);
}
