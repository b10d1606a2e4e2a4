using System.Globalization;
using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Machine;

/// <summary>
/// How many files and processes the system lets a program have; <c>/proc/PID/limits</c>, so on Linux only.
/// </summary>
internal static class SystemLimits
{
    /// <summary>
    /// An idle dev host of one plugin has about 200 files open, its .NET and its log included; each further plugin
    /// takes 20.
    /// </summary>
    private const int FewestFiles = 256;

    /// <summary>Refuses to begin what would break off somewhere in the middle.</summary>
    /// <exception cref="DiagnosticException">OVP3001: no more than a few files can be open.</exception>
    public static void Require()
    {
        if (Read("Max open files") is { } files and < FewestFiles)
        {
            throw new DiagnosticException(
                Diagnostic.Error(
                    DiagnosticCodes.HostDidNotStart,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The system lets a program have {files} files open, and the dev host needs {FewestFiles} or " +
                        $"more. Raise the limit where it is started: ulimit -n 1024")));
        }
    }

    /// <summary>For what the system refused in the middle: the limits it may have been.</summary>
    public static Diagnostic Reached(Exception cause) => Diagnostic.Error(
        DiagnosticCodes.HostDidNotStart,
        $"The system refuses the dev host a process, a thread or a file: {cause.GetBaseException().Message} Its " +
        $"limits are {Text("Max open files")} open files (ulimit -n) and {Text("Max processes")} processes and " +
        "threads of this user (ulimit -u). Raise them, or end programs.");

    private static string Text(string name) => Read(name)?.ToString(CultureInfo.InvariantCulture) ?? "unknown or no";

    /// <summary>The soft limit; null for an unlimited one, and where the system does not say.</summary>
    private static long? Read(string name)
    {
        try
        {
            return OperatingSystem.IsLinux()
                && File.ReadLines("/proc/self/limits").FirstOrDefault(
                    line => line.StartsWith(name, StringComparison.Ordinal)) is { } line
                && long.TryParse(
                    line[name.Length..].TrimStart().Split(' ')[0],
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var limit)
                ? limit
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
