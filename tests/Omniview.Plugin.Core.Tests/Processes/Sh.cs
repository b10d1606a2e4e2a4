using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Tests.Processes;

/// <summary>Shell scripts as children.</summary>
internal static class Sh
{
    public static ProcessSpec Script(string script, params string[] arguments) =>
        new("/bin/sh", ["-c", script, "sh", .. arguments], "/");

    /// <summary>
    /// Starts the script and returns once it has printed its first line, so that it is past the programs that contain
    /// it.
    /// </summary>
    public static async Task<(ManagedProcess Process, Output Output, string FirstLine)> StartAsync(string script)
    {
        var output = new Output();
        var process = ManagedProcess.Start(Script(script), output.Add);
        return (process, output, await output.NextAsync());
    }

    /// <summary>How the descendants of a process that runs its program are found.</summary>
    public static ProcessGroup GroupOf(ManagedProcess process)
    {
        const string Prefix = $"{Containment.NonceVariable}=";
        var nonce = File.ReadAllText($"/proc/{process.Id}/environ").Split('\0').Single(
            one => one.StartsWith(Prefix, StringComparison.Ordinal))[Prefix.Length..];
        return new ProcessGroup(process.Id, ProcessIdentity.Of(process.Id)!.StartTicks, nonce);
    }
}
