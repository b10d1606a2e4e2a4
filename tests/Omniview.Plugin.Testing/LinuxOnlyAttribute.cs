namespace Omniview.Plugin.Testing;

public sealed class LinuxOnlyAttribute(string because) : WhereAttribute(because)
{
    internal override (string Where, bool IsHere) System => ("Linux only", OperatingSystem.IsLinux());
}
