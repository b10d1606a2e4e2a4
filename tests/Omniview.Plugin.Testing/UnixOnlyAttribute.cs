namespace Omniview.Plugin.Testing;

public sealed class UnixOnlyAttribute(string because) : WhereAttribute(because)
{
    internal override (string Where, bool IsHere) System => ("Unix only", !OperatingSystem.IsWindows());
}
