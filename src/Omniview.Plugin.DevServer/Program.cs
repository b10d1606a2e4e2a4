using System.CommandLine;
using System.CommandLine.Invocation;
using Omniview.Plugin.Core.State;
using Omniview.Plugin.DevServer.Cli;

Permissions.KeepFilesFromOthers();
var parsed = DevCommand.Create().Parse(args);
var configuration = new InvocationConfiguration { ProcessTerminationTimeout = null }; // signals are ours: System.CommandLine would end the process two seconds after one, and a plugin has five to go
if (parsed.Action is ParseErrorAction mistake)
{
    mistake.ShowHelp = false;
    configuration.Output = Console.Error; // what is left of it is blank lines and suggestions, and a program looks for JSON on standard output
}

var exitCode = await parsed.InvokeAsync(configuration).ConfigureAwait(false);
return parsed.Action is ParseErrorAction ? ExitCode.Usage : exitCode;
