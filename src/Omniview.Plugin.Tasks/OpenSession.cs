using Omniview.Plugin.Core.Client;

namespace Omniview.Plugin.Tasks;

/// <summary>
/// A session kept by MSBuild from one task to the next, and disposed by MSBuild if the next never comes.
/// </summary>
internal sealed class OpenSession(DevSession session) : IDisposable
{
    public DevSession Session { get; } = session;

    public static object Key(string projectDirectory) => (typeof(OpenSession).FullName, projectDirectory);

    public void Dispose() => Session.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
