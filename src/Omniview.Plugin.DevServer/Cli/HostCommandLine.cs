using System.CommandLine;
using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.DevServer.Cli.Options;
using Omniview.Plugin.DevServer.Cli.Output;
using Omniview.Plugin.DevServer.Hosting;

namespace Omniview.Plugin.DevServer.Cli;

/// <summary>
/// The verbs with which clients start the dev host, and its guardian ends what it leaves; of no use to people.
/// </summary>
internal static class HostCommandLine
{
    public static Command Create()
    {
        var stateDirectory = PathValue.Check(new Option<string?>("--state-dir") { Required = true });
        var command = new Command("host", "Runs the dev host of a state directory.") { stateDirectory };
        command.Hidden = true;
        command.SetAction(
            (parsed, _) => new DevHost(parsed.GetValue(stateDirectory)!, DevLoop.OwnCommand()).RunAsync());
        return command;
    }

    public static Command CreateReap()
    {
        var stateDirectory = PathValue.Check(new Option<string?>("--state-dir") { Required = true });
        var command = new Command("reap", "Ends what a dev host of a state directory has left.") { stateDirectory };
        command.Hidden = true;
        command.SetAction(async (parsed, _) =>
        {
            try
            {
                var directory = new HostDirectory(parsed.GetValue(stateDirectory)!);
                directory.Require();
                return await Orphans.ReapAsync(directory) ? ExitCode.Ok : ExitCode.Failed;
            }
            catch (DiagnosticException e)
            {
                await Console.Error.WriteLineAsync(e.Diagnostic.ToString());
                return ExitCode.Failed;
            }
        });
        return command;
    }
}
