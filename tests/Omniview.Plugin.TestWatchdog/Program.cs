using System.Globalization;
using Omniview.Plugin.TestWatchdog;

if (args is [StackReport.Verb, var pid])
{
    StackReport.Write(int.Parse(pid, CultureInfo.InvariantCulture), Console.Out);
    return 0;
}

if (args.Length < 3 || !TryRead(args[0], out var silence) || !TryRead(args[1], out var limit))
{
    Console.Error.WriteLine("""
        usage: watchdog <silence> <limit> <command> [arguments]

        Runs the command, a test project. When no test begins or ends for <silence> seconds, or after <limit> seconds,
        it tells what the tests and the .NET programs they started are doing, ends them all and returns 124.
        What the tests have started has a fifteenth of <silence> to end after them.
        """);
    return 2;
}

return await new WatchedRun(silence, limit).RunAsync(args[2], args[3..]);

static bool TryRead(string text, out TimeSpan time)
{
    var isNumber = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds);
    time = TimeSpan.FromSeconds(seconds);
    return isNumber;
}
