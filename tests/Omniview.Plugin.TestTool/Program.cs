using System.Globalization;
using Omniview.Plugin.Core.Ports;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Watching;

if (args is ["watch", var watched])
{
    // Prints what hinders the watching of a folder, then "watching", then the first file that changed.
    using var watcher = new SourceWatcher(watched, hindered: problem => Console.WriteLine($"{problem.Code}: {problem.Message}"));
    Console.WriteLine("watching");
    string changed;
    while (!File.Exists(changed = await watcher.Changes.ReadAsync().ConfigureAwait(false)))
    {
    }

    Console.WriteLine(changed);
    return 0;
}

// Starts the program its arguments name, prints the child's PID and whatever the child prints, and ends with it.
//   --guarded FOLDER PROGRAM …   as the dev host does: recorded in the folder, and with a guardian, whose PID is printed first
//   --recorded FOLDER PROGRAM …  recorded, without a guardian
//   --port NUMBER PROGRAM …      with this port taken, which is printed first
//   --reap FOLDER                ends what is recorded there and was left
switch (args)
{
    case ["--reap", var folder]:
        return await new GroupReaper(new GroupRecords(folder), Console.WriteLine).ReapAsync(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4), CancellationToken.None).ConfigureAwait(false) ? 0 : 1;
    case ["--guarded", var folder, .. var command]:
        GroupRecords.OfThisProcess = new GroupRecords(folder);
        await using (var guardian = new Guardian([Environment.ProcessPath!, "--reap", folder]))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"guardian {guardian.Id}"));
            return await RunAsync(command).ConfigureAwait(false);
        }

    case ["--recorded", var folder, .. var command]:
        GroupRecords.OfThisProcess = new GroupRecords(folder);
        return await RunAsync(command).ConfigureAwait(false);
    case ["--port", var number, .. var command]:
        var port = int.Parse(number, CultureInfo.InvariantCulture);
        using (var lease = new PortAllocator().Allocate(new PortRange(port, port)))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"port {lease.Port}"));
            return await RunAsync(command).ConfigureAwait(false);
        }

    default:
        return await RunAsync(args).ConfigureAwait(false);
}

static async Task<int> RunAsync(string[] command)
{
    await using var child = ManagedProcess.Start(new ProcessSpec(command[0], command[1..], "/"), line => Console.WriteLine(line.Text));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"child {child.Id}"));
    return await child.Exited.ConfigureAwait(false);
}
