using System.CommandLine;
using System.CommandLine.Invocation;
using Omniview.Plugin.DevServer.Cli;

var parsed = DevCommand.Create().Parse(args);
var isMistake = parsed.Action is ParseErrorAction;
if (parsed.Action is ParseErrorAction mistake)
{
    mistake.ShowHelp = false; // a page on standard output, where a program looks for JSON
}

// Signals are ours: System.CommandLine would end the process two seconds after one, and a plugin has five to go.
var exitCode = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null }).ConfigureAwait(false);
return isMistake ? ExitCode.Usage : exitCode;
