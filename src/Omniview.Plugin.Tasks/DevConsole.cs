using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Omniview.Plugin.Tasks;

/// <summary>
/// Where a task that runs for hours writes its lines. MSBuild's terminal logger shows no message before the project
/// ends, so on a terminal they go to the console itself; elsewhere, and in worker nodes, whose console nobody sees,
/// they are messages, which the console logger shows at once.
/// </summary>
internal static class DevConsole
{
    /// <summary>Windows' console has to be told to take colours, which is for MSBuild to do or not.</summary>
    public static bool HasColours =>
        IsTerminal && !OperatingSystem.IsWindows()
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } and not "dumb";

    public static Action<string> Writer(TaskLoggingHelper log)
    {
        if (IsTerminal)
        {
            return Console.Out.WriteLine;
        }

        return line => log.LogMessage(MessageImportance.High, "{0}", line);
    }

    /// <summary>
    /// A line below MSBuild's own last ones. A cancelled build has failed to MSBuild, whatever its tasks return
    /// (BuildManager.CancelAllSubmissions), and no logger of ours is asked about it.
    /// </summary>
    public static void SayLast(string line)
    {
        if (!IsWorkerNode)
        {
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Console.Out.WriteLine(line);
        }
    }

    /// <summary>Whether somebody sees what this process writes.</summary>
    public static bool IsTerminal => !Console.IsOutputRedirected && !IsWorkerNode;

    private static bool IsWorkerNode =>
        Environment.GetCommandLineArgs().Any(
            argument => argument.StartsWith("/nodemode:", StringComparison.OrdinalIgnoreCase));
}
