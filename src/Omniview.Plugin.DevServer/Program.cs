using Omniview.Plugin.Core.Files;
using Omniview.Plugin.DevServer.Cli;

Permissions.KeepFilesFromOthers();
return await CommandLine.RunAsync(args);
