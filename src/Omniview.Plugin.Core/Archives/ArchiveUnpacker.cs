using System.Formats.Tar;
using System.IO.Compression;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Manifest;

namespace Omniview.Plugin.Core.Archives;

/// <summary>
/// Unpacks a plugin's tar.gz into an empty folder. The archive may come from anywhere: nothing in it decides where a file
/// lands but a checked name, only plain files are made, with modes of our own, and it can't fill the disk.
/// </summary>
internal sealed class ArchiveUnpacker(string archive, string folder, ArchiveLimits limits)
{
    private const int MostNamed = 100;

    // Names that macOS and Windows take for one must not be two files.
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _leftOut = [];
    private long _bytes;
    private int _entries;

    /// <summary>Returns the names of files that are no part of a plugin, and so were not unpacked; at most a hundred.</summary>
    /// <exception cref="DiagnosticException">OVP4020: it can't be read as a tar.gz. OVP4021: it holds what is not unpacked, or too much.</exception>
    /// <exception cref="IOException">The folder can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public IReadOnlyList<string> Unpack(CancellationToken cancellation)
    {
        using var file = Open();
        using var unzipped = new GZipStream(file, CompressionMode.Decompress);
        using var tar = new TarReader(new CountedStream(unzipped, MostRead(), () => Refused("it unpacks to more than a plugin can need")));
        while (Next(tar) is { } entry)
        {
            cancellation.ThrowIfCancellationRequested();
            if (++_entries > limits.MostEntries)
            {
                throw Refused($"it has more than {limits.MostEntries} entries");
            }

            if (entry.EntryType != TarEntryType.GlobalExtendedAttributes)
            {
                Unpack(entry);
            }
        }

        return _leftOut;
    }

    private void Unpack(TarEntry entry)
    {
        var parts = EntryName.Parts(entry.Name) ?? throw Refused($"the name {Shown.Text(entry.Name)} could lead out of the plugin's folder");
        switch (entry.EntryType)
        {
            case TarEntryType.Directory:
                return; // made with the files in them
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                break;
            default:
                throw Refused($"{Shown.Text(entry.Name)} is no plain file ({entry.EntryType}); links and devices are not unpacked");
        }

        var name = string.Join('/', parts);
        if (!_names.Add(name))
        {
            throw Refused($"{Shown.Text(name)} is in it twice, or in two spellings that are one file on some systems");
        }

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
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        }

        return options;
    }

    private FileStream Open()
    {
        try
        {
            return RegularFile.Open(archive);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotOpened(e);
        }
    }

    private TarEntry? Next(TarReader tar)
    {
        TarEntry? entry = null;
        Read(() => entry = tar.GetNextEntry());
        return entry;
    }

    private void Read(Action read)
    {
        try
        {
            read();
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or OverflowException or ArgumentException)
        {
            throw Unreadable(e);
        }
    }

    // With headers and padding: 512 bytes for an entry, another 512 to fill its last block, and room for long names.
    private long MostRead() => limits.MostBytes + (limits.MostEntries * 4096L);

    private DiagnosticException Unreadable(Exception cause) =>
        new(Diagnostic.Error(DiagnosticCodes.ArchiveUnreadable, $"This is no tar.gz that can be read: {cause.Message.TrimEnd('.')}. Nothing was installed. Get the archive again, or pack it anew.").At(archive), cause);

    /// <summary>Nothing is known of what is in it, so nothing is said of that.</summary>
    private DiagnosticException NotOpened(Exception cause)
    {
        var (reason, advice) =
            Directory.Exists(archive) ? ("This is a folder, not an archive", "Pack it: `dotnet pack` makes a tar.gz of a plugin's project")
            : cause is FileNotFoundException or DirectoryNotFoundException ? ("There is no such file", "Name the tar.gz of the plugin, relative to the current folder or absolute")
            : ($"This file can't be read: {cause.Message.TrimEnd('.')}", "Name a tar.gz that you may read");
        return new(Diagnostic.Error(DiagnosticCodes.ArchiveUnreadable, $"{reason}. Nothing was installed. {advice}.").At(archive), cause);
    }

    private DiagnosticException Refused(string reason) =>
        new(Diagnostic.Error(DiagnosticCodes.ArchiveRefused, $"This archive is not unpacked: {reason}. Nothing was installed. Get the plugin from somebody you trust.").At(archive));
}
