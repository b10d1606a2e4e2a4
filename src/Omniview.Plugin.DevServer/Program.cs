using Omniview.Plugin.DevServer.Cli;

return await DevCommand.Create().Parse(args).InvokeAsync().ConfigureAwait(false);
