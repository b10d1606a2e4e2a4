using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Watching;

if (args is ["watch", var folder])
{
    // Prints what hinders the watching of a folder, then "watching", then the first file that changed.
    using var watcher = new SourceWatcher(folder, hindered: problem => Console.WriteLine($"{problem.Code}: {problem.Message}"));
    Console.WriteLine("watching");
    string changed;
    while (!File.Exists(changed = await watcher.Changes.ReadAsync().ConfigureAwait(false)))
    {
    }

    Console.WriteLine(changed);
    return 0;
}

// Starts the program its arguments name, prints the child's PID and whatever the child prints, and ends with it.
await using var child = ManagedProcess.Start(new ProcessSpec(args[0], args[1..], "/"), line => Console.WriteLine(line.Text));
Console.WriteLine($"child {child.Id}");
return await child.Exited.ConfigureAwait(false);
