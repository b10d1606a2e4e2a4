using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Go.Toolchain;

/// <summary>What a program is built for, in Go's words.</summary>
/// <param name="Goos">GOOS, or null: the go command decides, which is this machine unless the author's environment says
/// otherwise.</param>
/// <param name="Goarch">GOARCH, or null alike.</param>
internal sealed record GoTarget(string? Goos, string? Goarch)
{
    // Go has no word for musl: a program without cgo runs on either libc, and one with cgo is the author's C compiler's
    // business.
    private static readonly Dictionary<string, GoTarget> ByRuntimeIdentifier = new(StringComparer.Ordinal)
    {
        ["linux-x64"] = new("linux", "amd64"),
        ["linux-x86"] = new("linux", "386"),
        ["linux-arm64"] = new("linux", "arm64"),
        ["linux-arm"] = new("linux", "arm"),
        ["linux-musl-x64"] = new("linux", "amd64"),
        ["linux-musl-arm64"] = new("linux", "arm64"),
        ["linux-musl-arm"] = new("linux", "arm"),
        ["linux-loongarch64"] = new("linux", "loong64"),
        ["linux-ppc64le"] = new("linux", "ppc64le"),
        ["linux-riscv64"] = new("linux", "riscv64"),
        ["linux-s390x"] = new("linux", "s390x"),
        ["osx-x64"] = new("darwin", "amd64"),
        ["osx-arm64"] = new("darwin", "arm64"),
        ["win-x64"] = new("windows", "amd64"),
        ["win-x86"] = new("windows", "386"),
        ["win-arm64"] = new("windows", "arm64"),
        ["freebsd-x64"] = new("freebsd", "amd64"),
        ["freebsd-arm64"] = new("freebsd", "arm64"),
    };

    /// <summary>This machine.</summary>
    public static GoTarget Host { get; } = new(null, null);

    /// <summary>The runtime identifiers that have a Go target.</summary>
    public static IReadOnlyCollection<string> RuntimeIdentifiers => ByRuntimeIdentifier.Keys;

    public bool IsWindows => Goos is null ? OperatingSystem.IsWindows() : Goos == "windows";

    /// <summary><c>.exe</c> or nothing: Windows starts no program without it.</summary>
    public string ExecutableExtension => IsWindows ? ".exe" : "";

    /// <summary>The target of a .NET runtime identifier; none means <see cref="Host"/>.</summary>
    /// <exception cref="DiagnosticException">OVP1017: Go has no such target, or it is not a portable
    /// identifier.</exception>
    public static GoTarget FromRuntimeIdentifier(string? runtimeIdentifier)
    {
        var identifier = runtimeIdentifier?.Trim() ?? "";
        if (identifier.Length == 0)
        {
            return Host;
        }

        return ByRuntimeIdentifier.TryGetValue(identifier, out var target)
            ? target
            : throw new DiagnosticException(Diagnostic.Error(
                DiagnosticCodes.RuntimeIdentifierUnsupported,
                $"a plugin can't be built for the runtime identifier '{identifier}'. Use one of " +
                $"{string.Join(", ", ByRuntimeIdentifier.Keys)}."));
    }
}
