using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Omniview.Plugin.Core.Files;

/// <summary>
/// Opens regular files and nothing else: a pipe would wait for its other end, a device may never end. Who replaces or
/// deletes the file meanwhile is not in the way, and no lock is taken; one that another program has locked on Windows
/// is waited for.
/// </summary>
internal static class RegularFile
{
    private const int Interrupted = 4; // EINTR, on Linux and macOS
    private const int NotFound = 2; // ENOENT
    private const int NotPermitted = 1; // EPERM
    private const int Denied = 13; // EACCES
    private const int NotAFolder = 20; // ENOTDIR

    /// <summary>
    /// O_RDONLY | O_NONBLOCK | O_CLOEXEC: their values differ from system to system, and Linux's O_NOFOLLOW from
    /// processor to processor.
    /// </summary>
    private static readonly int ForReading = OperatingSystem.IsLinux() ? 0x800 | 0x80000 : 0x4 | 0x1000000;

    private static readonly int DoNotFollow =
        !OperatingSystem.IsLinux() ? 0x100
        : RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm
            or Architecture.Ppc64le ? 0x8000
        : 0x20000;

    /// <summary>For reading.</summary>
    /// <param name="path">The file.</param>
    /// <param name="followLink">False: a symbolic link in the last part of the path is refused.</param>
    /// <exception cref="NotARegularFileException">It is something else, or a link that must not be
    /// followed.</exception>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="IOException">It can't be opened for another reason.</exception>
    public static FileStream Open(string path, bool followLink = true)
    {
        var handle = OpenHandle(path, followLink);
        try
        {
            return new FileStream(handle, FileAccess.Read, bufferSize: 0);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>The whole content of a file of no more than so many bytes.</summary>
    /// <inheritdoc cref="Open"/>
    /// <exception cref="FileTooLargeException">It is larger.</exception>
    public static byte[] ReadAllBytes(string path, int limit, bool followLink = true)
    {
        using var handle = OpenHandle(path, followLink);
        return ReadToEnd(handle, path, limit);
    }

    /// <summary>The whole content of an open file of no more than so many bytes.</summary>
    /// <exception cref="FileTooLargeException">It is larger.</exception>
    internal static byte[] ReadToEnd(SafeFileHandle handle, string path, int limit)
    {
        var length = RandomAccess.GetLength(handle);
        if (length > limit)
        {
            throw new FileTooLargeException(path, limit);
        }

        // A file of /proc has no length, and one that is written just now may have grown: one byte more than expected
        // tells.
        var content = new byte[length + 1];
        var count = 0;
        while (true)
        {
            var read = RandomAccess.Read(handle, content.AsSpan(count), count);
            count += read;
            if (read == 0)
            {
                return content[..count];
            }

            if (count > limit)
            {
                throw new FileTooLargeException(path, limit);
            }

            if (count == content.Length)
            {
                Array.Resize(ref content, (int)Math.Min((content.Length * 2L) + 256, limit + 1L));
            }
        }
    }

    private static SafeFileHandle OpenHandle(string path, bool followLink)
    {
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            throw new FileNotFoundException("No file has a NUL in its name.");
        }

        // Looked at first: to open a device can set it in motion. Looked at again when it is open: another may have its
        // name by then.
        if ((followLink ? FileFacts.Behind(path) : FileFacts.Of(path)) is { Kind: not FileKind.File and var kind })
        {
            throw new NotARegularFileException(path, kind);
        }

        var handle = OperatingSystem.IsWindows() ? OpenOnWindows(path) : OpenOnUnix(path, followLink);
        try
        {
            return FileFacts.Of(handle) is { Kind: not FileKind.File and var opened }
                ? throw new NotARegularFileException(path, opened)
                : handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private static SafeFileHandle OpenOnWindows(string path)
    {
        try
        {
            return HeldFile.WaitOut(() =>
                File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        }
        catch (DirectoryNotFoundException e)
        {
            throw new FileNotFoundException(e.Message, path, e);
        }
    }

    private static SafeFileHandle OpenOnUnix(string path, bool followLink)
    {
        int descriptor;
        do
        {
            descriptor = LibC.Open(path, followLink ? ForReading : ForReading | DoNotFollow);
        }
        while (descriptor < 0 && Marshal.GetLastPInvokeError() == Interrupted);

        if (descriptor >= 0)
        {
            return new SafeFileHandle(descriptor, ownsHandle: true);
        }

        var why = $"{Marshal.GetLastPInvokeErrorMessage()}: '{path}'";
        throw Marshal.GetLastPInvokeError() switch
        {
            NotFound or NotAFolder => new FileNotFoundException(why, path),
            Denied or NotPermitted => new UnauthorizedAccessException(why),
            _ => new IOException(why),
        };
    }
}
