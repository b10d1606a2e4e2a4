namespace Omniview.Plugin.Testing;

public sealed class WindowsOnlyAttribute(string because) : WhereAttribute(because)
{
    internal override (string Where, bool IsHere) System => ("Windows only", OperatingSystem.IsWindows());
}
