using System.Diagnostics;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Client;

/// <summary>Starts a dev host that outlives its starter and shares none of its handles.</summary>
internal static class HostLauncher
{
    /// <summary>
    /// Starts the host. Its standard streams go to the log file from the first byte, so a crash before its own logging
    /// is up can be shown; none of the starter's handles is inherited, so a pipe behind <c>dotnet build</c> closes.
    /// </summary>
    public static Process Start(HostCommand command, HostDirectory directory)
    {
        HostLog.Prepare(directory.Log);
        List<string> arguments = [.. command.Arguments, "host", "--state-dir", directory.StateDirectory];
        var info = new ProcessStartInfo
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = directory.Path,
        };
        if (OperatingSystem.IsWindows())
        {
            info.FileName = command.FileName;
        }
        else
        {
            // sh, because .NET can't give a child a file for its streams; setsid, so that no signal of this terminal
            // reaches it.
            info.FileName = "/bin/sh";
            info.ArgumentList.Add("-c");
            info.ArgumentList.Add("log=$1; shift; exec \"$@\" </dev/null >>\"$log\" 2>&1");
            info.ArgumentList.Add("omniview-plugin-dev");
            info.ArgumentList.Add(directory.Log);
            if (File.Exists("/usr/bin/setsid"))
            {
                info.ArgumentList.Add("/usr/bin/setsid");
            }

            info.ArgumentList.Add(command.FileName);
        }

        foreach (var argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }

        // Those of MSBuild would point dotnet at the wrong SDK, and the host belongs to nobody's group.
        foreach (var name in info.Environment.Keys.Where(name => !SessionEnvironment.Passes(name)).ToList())
        {
            info.Environment.Remove(name);
        }

        try
        {
            return OperatingSystem.IsWindows()
                ? WindowsLauncher.Start(info, directory.Log)
                : Process.Start(info)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new DiagnosticException(Diagnostic.Error(
                DiagnosticCodes.HostDidNotStart, $"The dev host could not be started with {command.FileName}: " +
                    $"{e.Message}"), e);
        }
    }
}
