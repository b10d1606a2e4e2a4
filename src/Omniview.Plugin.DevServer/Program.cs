using System.CommandLine;
using Omniview.Plugin.DevServer.Cli;

// Signals are ours: System.CommandLine would end the process two seconds after one, and a plugin has five to go.
return await DevCommand.Create().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null }).ConfigureAwait(false);
