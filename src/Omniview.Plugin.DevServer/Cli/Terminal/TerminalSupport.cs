using System.Runtime.InteropServices;

namespace Omniview.Plugin.DevServer.Cli.Terminal;

/// <summary>Whether there is somebody at a terminal that understands control sequences.</summary>
internal static partial class TerminalSupport
{
    private const int WindowsOutput = -11; // STD_OUTPUT_HANDLE
    private const uint VirtualTerminal = 4; // ENABLE_VIRTUAL_TERMINAL_PROCESSING

    /// <summary>
    /// Otherwise plain lines are right: output into a file or pipe, NO_COLOR (no-color.org), a terminal that knows
    /// nothing, a job in the background.
    /// </summary>
    public static bool IsLive =>
        !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && (
            OperatingSystem.IsWindows()
                ? EnableSequences()
                : Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } and not "dumb"
                    && IsForeground(output: true));

    /// <summary>Whether keys can be read: a job in the background that tries is stopped by the terminal.</summary>
    public static bool HasKeys =>
        !Console.IsInputRedirected && (OperatingSystem.IsWindows() || IsForeground(output: false));

    /// <summary>Columns and rows; a guess where the terminal does not tell.</summary>
    public static (int Columns, int Rows) Size()
    {
        try
        {
            return Console.WindowWidth > 0 ? (Console.WindowWidth, Console.WindowHeight) : (80, 24);
        }
        catch (IOException)
        {
            return (80, 24);
        }
    }

    private static bool IsForeground(bool output) => SysForegroundGroup(output ? 1 : 0) == SysOwnGroup();

    private static bool EnableSequences() =>
        SysStandardHandle(WindowsOutput) is var handle && SysMode(handle, out var mode)
            && SysSetMode(handle, mode | VirtualTerminal);

    [LibraryImport("libc", EntryPoint = "tcgetpgrp")]
    private static partial int SysForegroundGroup(int descriptor);

    [LibraryImport("libc", EntryPoint = "getpgrp")]
    private static partial int SysOwnGroup();

    [LibraryImport("kernel32", EntryPoint = "GetStdHandle")]
    private static partial nint SysStandardHandle(int which);

    [LibraryImport("kernel32", EntryPoint = "GetConsoleMode")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SysMode(nint handle, out uint mode);

    [LibraryImport("kernel32", EntryPoint = "SetConsoleMode")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SysSetMode(nint handle, uint mode);
}
