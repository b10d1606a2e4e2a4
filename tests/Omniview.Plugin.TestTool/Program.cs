using System.Diagnostics;
using System.Globalization;
using System.Text;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Go.Toolchain;
using Omniview.Plugin.Core.Install;
using Omniview.Plugin.Core.Packaging;
using Omniview.Plugin.Core.Ports;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Watching;

// Starts the program its arguments name, prints the child's PID and whatever the child prints, and ends with it.
// --guarded FOLDER PROGRAM … as the dev host does: recorded in the folder, and with a guardian, whose PID is printed
// first
//   --recorded FOLDER PROGRAM …  recorded, without a guardian
//   --port NUMBER PROGRAM …      with this port taken, which is printed first
//   --reap FOLDER                ends what is recorded there and was left
//   install STATE PROJECT        installs the plugin "demo" of the project folder, without waiting for the disk
//   publish PROJECT FOLDER       lays its manifest and UI out in a folder
//   say LINE …                   prints each line, and one as an error
//   end TEXT                     prints it without a line's end; the exit code is 7
//   sleep                        prints that it does, until it is ended
//   lock FILE                    takes the lock, prints "held", and has it until it is ended
//   guard FILE [bye]             has a guardian that writes the file, until it is ended, or says good-bye at once
//   write FILE TEXT              writes it
//   nest                         starts another that sleeps, and prints its PID
// watch FOLDER prints what hinders the watching of a folder, then "watching", then the first file that changed
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
switch (args)
{
    case ["say", .. var lines]:
        foreach (var line in lines)
        {
            Console.WriteLine(line);
        }

        await Console.Error.WriteLineAsync("error: that was all");
        return 0;
    case ["end", var text]:
        Console.Write(text);
        return 7;
    case ["sleep"]:
        Console.WriteLine("sleeping");
        await Task.Delay(Timeout.Infinite);
        return 0;
    case ["lock", var file]:
        using (FileLock.TryTake(file) ?? throw new InvalidOperationException($"{file} is held"))
        {
            Console.WriteLine("held");
            await Task.Delay(Timeout.Infinite);
            return 0;
        }

    case ["guard", var file, .. var bye]:
        await using (
            new Guardian([
                Environment.ProcessPath!, "exec", typeof(Program).Assembly.Location, "write", file, "%PATH% & \"é\""]))
        {
            Console.WriteLine("guarded");
            await (bye.Length > 0 ? Task.CompletedTask : Task.Delay(Timeout.Infinite));
            return 0;
        }

    case ["write", var file, var text]:
        AtomicFile.Write(file, Encoding.UTF8.GetBytes(text), Permissions.OwnerFile);
        return 0;
    case ["nest"]:
        using (
            var nested = Process.Start(
                new ProcessStartInfo(Environment.ProcessPath!, ["exec", typeof(Program).Assembly.Location, "sleep"]))!)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"nested {nested.Id}"));
            await nested.WaitForExitAsync();
            return 0;
        }

    case ["watch", var folder, ..]:
        return await WatchAsync(folder);
    case ["install", var state, var project]:
        PluginInstaller.Install(
            new InstallRequest(state, "demo", Path.Combine(project, "plugin.yaml"))
            {
                BinaryFile = Path.Combine(project, "plugin"),
                AssetsDirectory = Path.Combine(project, "assets"),
                Durable = false,
            });
        return 0;
    case ["publish", var project, var folder]:
        LayoutFolder.Write(
            new PluginLayout(
                GoTarget.FromRuntimeIdentifier("linux-x64"),
                Path.Combine(project, "plugin.yaml"),
                binary: null,
                Path.Combine(project, "assets")),
            folder,
            CancellationToken.None);
        return 0;
    case ["--reap", var folder]:
        return await new GroupReaper(new GroupRecords(folder), Console.WriteLine).ReapAsync(
            TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4), CancellationToken.None)
            ? 0
            : 1;
    case ["--guarded", var folder, .. var command]:
        GroupRecords.OfThisProcess = new GroupRecords(folder);
        await using (var guardian = new Guardian([Environment.ProcessPath!, "--reap", folder]))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"guardian {guardian.Id}"));
            return await RunAsync(command);
        }

    case ["--recorded", var folder, .. var command]:
        GroupRecords.OfThisProcess = new GroupRecords(folder);
        return await RunAsync(command);
    case ["--port", var number, .. var command]:
        var port = int.Parse(number, CultureInfo.InvariantCulture);
        using (var lease = new PortAllocator().Allocate(new PortRange(port, port)))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"port {lease.Port}"));
            return await RunAsync(command);
        }

    default:
        return await RunAsync(args);
}

static async Task<int> RunAsync(string[] command)
{
    await using var child = ManagedProcess.Start(
        new ProcessSpec(command[0], command[1..], "/"), line => Console.WriteLine(line.Text));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"child {child.Id}"));
    return await child.Exited;
}

static async Task<int> WatchAsync(string folder)
{
    using var watcher = new SourceWatcher(
        folder, hindered: problem => Console.WriteLine($"{problem.Code}: {problem.Message}"));
    Console.WriteLine("watching");
    string changed;
    while (!File.Exists(changed = await watcher.Changes.ReadAsync()))
    {
    }

    Console.WriteLine(changed);
    return 0;
}
