using System.CommandLine;
using Omniview.Plugin.DevServer.Hosting;

namespace Omniview.Plugin.DevServer.Cli;

/// <summary>The verb with which clients start the dev host; of no use to people.</summary>
internal static class HostCommandLine
{
    public static Command Create()
    {
        var stateDirectory = new Option<string>("--state-dir") { Required = true };
        var command = new Command("host", "Runs the dev host of a state directory.") { stateDirectory };
        command.Hidden = true;
        command.SetAction((parsed, _) => new DevHost(parsed.GetValue(stateDirectory)!).RunAsync());
        return command;
    }
}
