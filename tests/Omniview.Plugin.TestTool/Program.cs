using Omniview.Plugin.Core.Processes;

// Starts the program its arguments name, prints the child's PID and whatever the child prints, and ends with it.
await using var child = ManagedProcess.Start(new ProcessSpec(args[0], args[1..], "/"), line => Console.WriteLine(line.Text));
Console.WriteLine($"child {child.Id}");
return await child.Exited.ConfigureAwait(false);
