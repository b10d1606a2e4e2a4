using Microsoft.Build.Framework;

namespace Omniview.Plugin.Tasks;

/// <summary>
/// What all tasks of a node share during one build. MSBuild keeps it, and tasks may run at the same time.
/// </summary>
internal static class BuildObject
{
    private static readonly Lock Creation = new();

    /// <summary>The one of this type; made when the first task asks.</summary>
    public static T Get<T>(IBuildEngine4 engine)
        where T : class, new()
    {
        var key = $"Omniview.Plugin.Tasks/{typeof(T).FullName}";
        lock (Creation)
        {
            if (engine.GetRegisteredTaskObject(key, RegisteredTaskObjectLifetime.Build) is not T shared)
            {
                engine.RegisterTaskObject(
                    key, shared = new T(), RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
            }

            return shared;
        }
    }
}
