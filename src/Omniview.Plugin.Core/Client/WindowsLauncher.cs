using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Client;

/// <summary>
/// Starts a program with a file for its output. .NET can give it pipes only, and every inheritable handle of ours with
/// them: such a child keeps a pipe of <c>dotnet build</c> open for as long as it lives.
/// </summary>
[SupportedOSPlatform("windows")]
internal static partial class WindowsLauncher
{
    private const uint AppendData = 4 | 0x100000; // FILE_APPEND_DATA | SYNCHRONIZE: each write goes to the end
    private const uint ReadData = 0x80000000; // GENERIC_READ
    private const uint ShareAll = 7;
    private const uint OpenAlways = 4;
    private const uint OpenExisting = 3;
    private const nint HandleList = 0x20002; // PROC_THREAD_ATTRIBUTE_HANDLE_LIST
    private const int UseHandles = 0x100; // STARTF_USESTDHANDLES
    private const uint NoWindow = 0x08000000;
    private const uint UnicodeEnvironment = 0x400;
    private const uint ExtendedStartup = 0x80000;

    /// <summary>Starts it; what it prints is added to the log.</summary>
    /// <exception cref="Win32Exception">It can't be started, or the log can't be opened.</exception>
    public static Process Start(ProcessStartInfo info, string log)
    {
        var inherited = new SecurityAttributes { Length = Marshal.SizeOf<SecurityAttributes>(), Inherit = 1 };
        using var input = Checked(CreateFile("NUL", ReadData, ShareAll, inherited, OpenExisting, 0, 0));
        using var output = Checked(
            CreateFile(WindowsPath.Extended(log), AppendData, ShareAll, inherited, OpenAlways, 0, 0));
        nint[] handles = [input.DangerousGetHandle(), output.DangerousGetHandle()];
        var size = nint.Zero;
        _ = InitializeProcThreadAttributeList(0, 1, 0, ref size);
        var attributes = Marshal.AllocHGlobal(size);
        try
        {
            Check(InitializeProcThreadAttributeList(attributes, 1, 0, ref size));
            return Start(info, handles, attributes);
        }
        finally
        {
            DeleteProcThreadAttributeList(attributes);
            Marshal.FreeHGlobal(attributes);
        }
    }

    private static Process Start(ProcessStartInfo info, nint[] handles, nint attributes)
    {
        var pinned = GCHandle.Alloc(handles, GCHandleType.Pinned);
        try
        {
            Check(UpdateProcThreadAttribute(
                attributes, 0, HandleList, pinned.AddrOfPinnedObject(), handles.Length * nint.Size, 0, 0));
            var startup = new StartupInfo
            {
                Size = Marshal.SizeOf<StartupInfo>(),
                Flags = UseHandles,
                Input = handles[0],
                Output = handles[1],
                Error = handles[1],
                Attributes = attributes,
            };
            Check(CreateProcess(
                null,
                $"{WindowsCommandLine.Of([info.FileName, .. info.ArgumentList])}\0".ToCharArray(),
                0,
                0,
                inheritHandles: true,
                NoWindow | UnicodeEnvironment | ExtendedStartup,
                EnvironmentBlock(info),
                info.WorkingDirectory,
                startup,
                out var started));
            using var process = new SafeProcessHandle(started.Process, ownsHandle: true);
            using var thread = new SafeProcessHandle(started.Thread, ownsHandle: true);
            return Process.GetProcessById(started.ProcessId); // it has the number as long as the handle is open
        }
        finally
        {
            pinned.Free();
        }
    }

    private static string EnvironmentBlock(ProcessStartInfo info) =>
        string.Concat(
            info.Environment
                .OrderBy(variable => variable.Key, StringComparer.OrdinalIgnoreCase)
                .Select(variable => $"{variable.Key}={variable.Value}\0")) + "\0";

    private static SafeFileHandle Checked(SafeFileHandle handle)
    {
        Check(!handle.IsInvalid);
        return handle;
    }

    private static void Check(bool success)
    {
        if (!success)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("kernel32", EntryPoint = "CreateFileW", SetLastError = true,
        StringMarshalling = StringMarshalling.Utf16)]
    private static partial SafeFileHandle CreateFile(
        string name,
        uint access,
        uint share,
        in SecurityAttributes attributes,
        uint disposition,
        uint flags,
        nint template);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool InitializeProcThreadAttributeList(nint list, int count, int flags, ref nint size);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool UpdateProcThreadAttribute(
        nint list, int flags, nint attribute, nint value, nint size, nint previous, nint returned);

    [LibraryImport("kernel32")]
    private static partial void DeleteProcThreadAttributeList(nint list);

    [LibraryImport("kernel32", EntryPoint = "CreateProcessW", SetLastError = true,
        StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CreateProcess(
        string? application,
        [In, Out] char[] commandLine,
        nint processAttributes,
        nint threadAttributes,
        [MarshalAs(UnmanagedType.Bool)] bool inheritHandles,
        uint flags,
        string environment,
        string workingDirectory,
        in StartupInfo startup,
        out StartedProcess started);

    [StructLayout(LayoutKind.Sequential)]
    private struct SecurityAttributes
    {
        public int Length;
        public nint Descriptor;
        public int Inherit;
    }

    /// <summary>STARTUPINFOEXW.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct StartupInfo
    {
        public int Size;
        public nint Reserved;
        public nint Desktop;
        public nint Title;
        public int X;
        public int Y;
        public int Width;
        public int Height;
        public int Columns;
        public int Rows;
        public int Fill;
        public int Flags;
        public short ShowWindow;
        public short ReservedSize;
        public nint ReservedBytes;
        public nint Input;
        public nint Output;
        public nint Error;
        public nint Attributes;
    }

    /// <summary>PROCESS_INFORMATION.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct StartedProcess
    {
        public nint Process;
        public nint Thread;
        public int ProcessId;
        public int ThreadId;
    }
}
