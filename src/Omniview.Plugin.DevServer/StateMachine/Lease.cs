using Omniview.Plugin.Core.Machine;

namespace Omniview.Plugin.DevServer.StateMachine;

/// <summary>A reason to keep a plugin running.</summary>
/// <param name="Session">An open session's id.</param>
/// <param name="Owner">A process, without a session. With neither, the plugin is kept until it is stopped.</param>
internal readonly record struct Lease(string? Session, ProcessIdentity? Owner)
{
    public static Lease OfSession(string id) => new(id, Owner: null);

    /// <summary>Null keeps it without an owner.</summary>
    public static Lease Of(ProcessIdentity? owner) => new(Session: null, owner);
}
