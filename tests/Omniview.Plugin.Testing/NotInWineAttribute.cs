using System.Runtime.InteropServices;

namespace Omniview.Plugin.Testing;

/// <summary>For what Windows has and Wine has not, or has wrong.</summary>
public sealed class NotInWineAttribute(string because) : WhereAttribute(because)
{
    /// <summary>Wine tells its version by a function that Windows' own ntdll.dll does not have.</summary>
    internal static bool IsWine { get; } =
        OperatingSystem.IsWindows()
        && NativeLibrary.TryLoad("ntdll.dll", out var ntdll)
        && NativeLibrary.TryGetExport(ntdll, "wine_get_version", out _);

    internal override (string Where, bool IsHere) System => ("not in Wine", !IsWine);
}
