using Omniview.Plugin.Core.Machine;

namespace Omniview.Plugin.DevServer.Instances;

/// <summary>Who keeps a plugin running: open sessions, living processes, or someone who said to keep it until told otherwise.</summary>
internal sealed class LeaseBook
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _sessions = [];
    private readonly HashSet<ProcessIdentity> _owners = [];
    private bool _detached;

    public bool IsHeld
    {
        get
        {
            lock (_lock)
            {
                return _detached || _sessions.Count > 0 || _owners.Count > 0;
            }
        }
    }

    public void AddSession(string session)
    {
        lock (_lock)
        {
            _sessions.Add(session);
        }
    }

    public void EndSession(string session)
    {
        lock (_lock)
        {
            _sessions.Remove(session);
        }
    }

    /// <summary>Null holds it without an owner.</summary>
    public void AddOwner(ProcessIdentity? owner)
    {
        lock (_lock)
        {
            _detached |= owner is null;
            if (owner is not null)
            {
                _owners.Add(owner);
            }
        }
    }

    /// <summary>Drops the owners that are gone.</summary>
    public void DropDeadOwners()
    {
        lock (_lock)
        {
            _owners.RemoveWhere(owner => !owner.IsAlive);
        }
    }
}
