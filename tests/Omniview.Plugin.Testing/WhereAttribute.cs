namespace Omniview.Plugin.Testing;

/// <summary>
/// Says of a test, or of all in a class, on which systems they run. Elsewhere they are left out aloud.
/// </summary>
/// <param name="because">Why it has no sense, or no chance, elsewhere.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public abstract class WhereAttribute(string because) : Attribute
{
    public string Because => because;

    /// <summary>What the report says of it, and whether this is one.</summary>
    internal abstract (string Where, bool IsHere) System { get; }
}
