using System.Diagnostics;
using System.Globalization;
using Microsoft.Diagnostics.Runtime;

namespace Omniview.Plugin.TestWatchdog;

/// <summary>
/// What a .NET process is doing: the stack of each managed thread, and the methods that await something.
/// </summary>
internal static class StackReport
{
    /// <summary>Tells <c>Program</c> to look into one process.</summary>
    public const string Verb = "stacks";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>
    /// From a process of its own, which ends. In one that has children, .NET's care for these takes from ClrMD the news
    /// that a thread stands still, and ClrMD waits for ever (.NET 10: SystemNative_WaitPidExitedNoHang; ptrace(2)).
    /// </summary>
    public static void Print(int pid)
    {
        using var process = Process.Start(
            Environment.ProcessPath!, [.. Program(), Verb, pid.ToString(CultureInfo.InvariantCulture)]);
        if (!process.WaitForExit(Limit))
        {
            process.Kill();
            Console.WriteLine("It takes too long to look into it.");
        }
    }

    private static string[] Program() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? [typeof(StackReport).Assembly.Location]
            : [];

    /// <summary>Holds the process meanwhile; says so when it can't be looked into.</summary>
    public static void Write(int pid, TextWriter output)
    {
        try
        {
            using var target = DataTarget.AttachToProcess(pid, suspend: true);
            var clr = target.ClrVersions.Single();

            // Lies beside the runtime; ClrMD 4.2 neither looks there nor can it read the runtime's version on Linux.
            var access = Path.Combine(Path.GetDirectoryName(clr.ModuleInfo.FileName)!, "libmscordaccore.so");
            using var runtime = clr.CreateRuntime(access, ignoreMismatch: true);
            WriteThreads(runtime, output);
            new AwaitingMethods(runtime.Heap).Write(output);
        }
        catch (Exception e)
        {
            output.WriteLine($"It can't be looked into: {e.Message}"); // whatever it is: the run is ended all the same
        }
    }

    private static void WriteThreads(ClrRuntime runtime, TextWriter output)
    {
        var stacks = runtime.Threads.Where(thread => thread.IsAlive)
            .GroupBy(Stack, thread => thread.OSThreadId);
        foreach (var stack in stacks)
        {
            output.WriteLine($"  thread {string.Join(", ", stack)}\n{stack.Key}");
        }
    }

    private static string Stack(ClrThread thread) =>
        string.Join(
            '\n',
            thread
                .EnumerateStackTrace()
                .Select(frame => frame.Method?.Signature ?? frame.FrameName ?? "?")
                .Where(IsTelling)
                .Select(frame => $"    at {frame}"));

    /// <summary>Not how xunit calls a test, nor how the compiler begins an async method.</summary>
    private static bool IsTelling(string method) =>
        !method.StartsWith("Xunit.", StringComparison.Ordinal)
            && !method.StartsWith("System.Runtime.CompilerServices.Async", StringComparison.Ordinal);
}
