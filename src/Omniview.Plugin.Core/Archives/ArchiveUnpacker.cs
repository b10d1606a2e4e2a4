using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Text;

namespace Omniview.Plugin.Core.Archives;

/// <summary>
/// Unpacks a plugin's tar.gz into an empty folder. The archive may come from anywhere: nothing in it decides where a
/// file lands but a checked name, only plain files are made, with modes of our own, and it can't fill the disk.
/// </summary>
internal sealed class ArchiveUnpacker(string archive, string folder, ArchiveLimits limits)
{
    private const int MostNamed = 100;
    private const string Sparse = "GNU.sparse."; // before each key that describes holes, in pax headers of GNU tar

    // Names that macOS and Windows take for one must not be two files, nor a file and a folder.
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _folders = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _leftOut = [];
    private long _bytes;
    private int _entries;

    /// <summary>
    /// Returns the names of files that are no part of a plugin, and so were not unpacked; at most a hundred.
    /// </summary>
    /// <exception cref="DiagnosticException">OVP4020: it can't be read as a tar.gz. OVP4021: it holds what is not
    /// unpacked, or too much.</exception>
    /// <exception cref="IOException">The folder can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public IReadOnlyList<string> Unpack(CancellationToken cancellation)
    {
        using var file = Open();
        using var unzipped = new GZipStream(file, CompressionMode.Decompress);
        using var content = new UnpackedStream(unzipped, limits, Refused, cancellation);
        using var tar = new TarReader(content);
        while (Next(tar, content) is { } entry)
        {
            Count();
            if (entry.EntryType != TarEntryType.GlobalExtendedAttributes)
            {
                Unpack(entry);
            }
        }

        Read(content.Finish);
        RequireLength(file, content.Position);
        return _leftOut;
    }

    private void Unpack(TarEntry entry)
    {
        var parts = EntryName.Parts(entry.Name)
            ?? throw Refused($"the name {Shown.Text(entry.Name)} could lead out of the plugin's folder");
        switch (entry.EntryType)
        {
            case TarEntryType.Directory:
                return; // made with the files in them
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                break;
            default:
                throw Refused(
                    $"{Shown.Text(entry.Name)} is no plain file ({entry.EntryType}); links and devices are not unpacked"
                );
        }

        if (entry is PaxTarEntry pax
            && pax.ExtendedAttributes.Keys.Any(key => key.StartsWith(Sparse, StringComparison.Ordinal)))
        {
            throw Refused(
                $"{Shown.Text(entry.Name)} is a file with holes, which are not unpacked; pack it without --sparse");
        }

        var name = string.Join('/', parts);
        AddName(name);
        if ((_bytes += entry.Length) > limits.MostBytes)
        {
            throw Refused("it unpacks to more than a plugin can need");
        }

        if (!EntryName.IsOfPlugin(parts))
        {
            if (_leftOut.Count < MostNamed)
            {
                _leftOut.Add(name);
            }

            Read(() => entry.DataStream?.CopyTo(Stream.Null));
            return;
        }

        var path = Path.Combine([folder, .. parts]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var target = new FileStream(path, Options());
        Read(() => entry.DataStream?.CopyTo(target));
    }

    // rw-r--r--, whatever the archive says; the installer makes the program runnable.
    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode =
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        }

        return options;
    }

    private void AddName(string name)
    {
        var same = name.Normalize(); // macOS takes the two ways to write é for one
        for (var slash = same.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = same.IndexOf('/', slash + 1))
        {
            RequireOneKind(_names, same[..slash]);
            if (_folders.Add(same[..slash]))
            {
                Count();
            }
        }

        RequireOneKind(_folders, same);
        if (!_names.Add(same))
        {
            throw Refused($"{Shown.Text(name)} is in it twice, or in two spellings that are one file on some systems");
        }
    }

    private void Count()
    {
        if (++_entries > limits.MostEntries)
        {
            throw Refused($"it has more than {limits.MostEntries} files and folders");
        }
    }

    private void RequireOneKind(HashSet<string> others, string name)
    {
        if (others.Contains(name))
        {
            throw Refused($"{Shown.Text(name)} is a file in it, and a folder as well");
        }
    }

    private FileStream Open()
    {
        FileStream file;
        try
        {
            file = RegularFile.Open(archive);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotOpened(e);
        }

        if (file.Length > limits.MostBytesOfTar)
        {
            file.Dispose();
            throw Refused("it is larger than all that a plugin can need");
        }

        return file;
    }

    private TarEntry? Next(TarReader tar, UnpackedStream content)
    {
        TarEntry? entry = null;
        content.LookForEntry();
        Read(() => entry = tar.GetNextEntry());
        content.ReadContent();
        return entry;
    }

    /// <summary>
    /// The last bytes of a gzip file are the length of what it unpacks to (RFC 1952). <see cref="GZipStream"/> compares
    /// it, and the checksum, only where they are: it says nothing of a file that ends before them, or goes on behind
    /// them.
    /// </summary>
    private void RequireLength(FileStream file, long unpacked)
    {
        var last = new byte[sizeof(uint)];
        if (RandomAccess.Read(file.SafeFileHandle, last, Math.Max(0, file.Length - last.Length)) != last.Length
            || BinaryPrimitives.ReadUInt32LittleEndian(last) != (uint)unpacked)
        {
            throw Unreadable(new InvalidDataException(
                "It does not end with the length of what it unpacks to: it was cut off, or something was added"));
        }
    }

    private void Read(Action read)
    {
        try
        {
            read();
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException
            or OverflowException or ArgumentException)
        {
            throw Unreadable(e);
        }
    }

    private DiagnosticException Unreadable(Exception cause) =>
        new(Diagnostic.Error(
            DiagnosticCodes.ArchiveUnreadable, $"This is no tar.gz that can be read: {cause.Message.TrimEnd('.')}. " +
                "Nothing was installed. Get the archive again, or pack it anew.").At(archive), cause);

    /// <summary>Nothing is known of what is in it, so nothing is said of that.</summary>
    private DiagnosticException NotOpened(Exception cause)
    {
        var (reason, advice) =
            Directory.Exists(archive)
                ? ("This is a folder, not an archive", "Pack it: `dotnet pack` makes a tar.gz of a plugin's project")
            : cause is FileNotFoundException or DirectoryNotFoundException
                ? ("There is no such file", "Name the tar.gz of the plugin, relative to the current folder or absolute")
            : ($"This file can't be read: {cause.Message.TrimEnd('.')}", "Name a tar.gz that you may read");
        return new(Diagnostic.Error(
            DiagnosticCodes.ArchiveUnreadable, $"{reason}. Nothing was installed. {advice}.").At(archive), cause);
    }

    private DiagnosticException Refused(string reason) =>
        new(Diagnostic.Error(
            DiagnosticCodes.ArchiveRefused, $"This archive is not unpacked: {reason}. Nothing was installed. Get " +
                "the plugin from somebody you trust.").At(archive));
}
