using System.Collections.Immutable;
using Omniview.Plugin.Core.Machine;

namespace Omniview.Plugin.DevServer.StateMachine;

/// <summary>
/// Who keeps a plugin running: open sessions, living processes, or someone who said to keep it until told otherwise.
/// </summary>
/// <param name="Sessions">Their ids.</param>
/// <param name="Owners">Processes; each holds it as long as it lives.</param>
/// <param name="IsDetached">Held by nobody in particular, until it is stopped.</param>
internal sealed record Leases(
    ImmutableHashSet<string> Sessions,
    ImmutableHashSet<ProcessIdentity> Owners,
    bool IsDetached)
{
    public static readonly Leases None = new([], [], IsDetached: false);

    public bool IsHeld => IsDetached || !Sessions.IsEmpty || !Owners.IsEmpty;

    public Leases With(Lease lease) => lease switch
    {
        { Session: { } session } => this with { Sessions = Sessions.Add(session) },
        { Owner: { } owner } => this with { Owners = Owners.Add(owner) },
        _ => this with { IsDetached = true },
    };

    public Leases Without(Lease lease) => lease switch
    {
        { Session: { } session } => this with { Sessions = Sessions.Remove(session) },
        { Owner: { } owner } => this with { Owners = Owners.Remove(owner) },
        _ => this with { IsDetached = false },
    };

    public bool Contains(Lease lease) => lease switch
    {
        { Session: { } session } => Sessions.Contains(session),
        { Owner: { } owner } => Owners.Contains(owner),
        _ => IsDetached,
    };
}
