using Omniview.Plugin.Core.State;
using Omniview.Plugin.DevServer.Cli;

Permissions.KeepFilesFromOthers();
return await CommandLine.RunAsync(args).ConfigureAwait(false);
