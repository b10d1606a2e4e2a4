using System.Diagnostics;
using System.Globalization;
using System.Text;
using Omniview.Plugin.Core.Machine;

namespace Omniview.Plugin.Core.Processes;

/// <summary>The dotnet watch this process works for.</summary>
internal static class DotnetWatchProcess
{
    private const string Program = "dotnet-watch";

    /// <summary>
    /// Null when there is none, or none any more. Looked for among the ancestors and then, since a build node that
    /// MSBuild has kept is the child of an earlier build, among all processes. Off Linux only the parent is looked at;
    /// on Windows there is no way to it that .NET offers.
    /// </summary>
    public static ProcessIdentity? Find()
    {
        if (!OperatingSystem.IsLinux())
        {
            return ParentProcess.OfCurrent() is { } parent && IsDotnet(parent.Pid) ? parent : null;
        }

        for (var pid = Environment.ProcessId; ProcStat.Read(pid) is { Parent: > 1 and var parent }; pid = parent)
        {
            if (IsWatch(parent))
            {
                return ProcessIdentity.Of(parent);
            }
        }

        var all = Directory
            .EnumerateDirectories("/proc")
            .Select(folder =>
                int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                && IsWatch(pid)
                    ? ProcessIdentity.Of(pid)
                    : null)
            .OfType<ProcessIdentity>()
            .ToList();
        return all is [var only] ? only : null;
    }

    private static bool IsWatch(int pid)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{pid}/cmdline")).Split('\0').Take(2).Any(
                part => Path.GetFileNameWithoutExtension(part) == Program);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // gone, or another user's
        }
    }

    private static bool IsDotnet(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.ProcessName.StartsWith("dotnet", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
