using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.Packaging;

/// <summary>
/// The archive Omniview and its registry take: a tar.gz with <c>./plugin.yaml</c>, <c>./bin/plugin</c>,
/// <c>./assets/…</c>. The same files give the same bytes: names are sorted, and no time, owner, folder or umask of this
/// machine gets in.
/// </summary>
internal static class PluginArchive
{
    /// <summary>What Omniview unpacks at most, of an entry and in all.</summary>
    private const long MaxSize = 1L << 30;

    private const int GzipSystem = 9; // RFC 1952: the byte that says on which system it was made
    private const byte UnknownSystem = 255;

    // the oldest every tool can show; zip's first
    private static readonly DateTimeOffset Time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Writes the archive, complete or not at all, in place of an old one. Returns its SHA-256, in lower-case hex.
    /// </summary>
    /// <exception cref="DiagnosticException">OVP4005: it is larger than Omniview takes, or the file system
    /// refuses.</exception>
    public static string Write(PluginLayout layout, string file, CancellationToken cancellation)
    {
        if (layout.Files.Sum(one => new FileInfo(one.Source).Length) > MaxSize)
        {
            throw new DiagnosticException(PackagingProblem.Of(
                "The plugin is larger than 1 GiB, and Omniview unpacks no such archive. Its largest file is " +
                $"{layout.Files.MaxBy(one => new FileInfo(one.Source).Length)!.Source}.").At(file));
        }

        return PackagingProblem.Guard(Path.GetDirectoryName(file)!, () =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            var temporary = Temporaries.Beside(file);
            try
            {
                using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
                {
                    using (var gzip = new GZipStream(stream, CompressionLevel.SmallestSize, leaveOpen: true))
                    using (var tar = new TarWriter(gzip, TarEntryFormat.Gnu))
                    {
                        WriteEntries(tar, layout, cancellation);
                    }

                    stream.Position = GzipSystem;
                    stream.WriteByte(UnknownSystem);
                    stream.Flush(flushToDisk: true);
                }

                FileReplacement.Replace(temporary, file);
                using var written = File.OpenRead(file);
                return Convert.ToHexStringLower(SHA256.HashData(written));
            }
            finally
            {
                Temporaries.TryDelete(temporary);
            }
        });
    }

    private static void WriteEntries(TarWriter tar, PluginLayout layout, CancellationToken cancellation)
    {
        HashSet<string> folders = new(StringComparer.Ordinal);
        foreach (var file in layout.Files)
        {
            cancellation.ThrowIfCancellationRequested();
            for (
                var slash = file.Name.IndexOf('/', StringComparison.Ordinal);
                slash > 0;
                slash = file.Name.IndexOf('/', slash + 1))
            {
                if (folders.Add(file.Name[..slash]))
                {
                    tar.WriteEntry(Entry(TarEntryType.Directory, $"{file.Name[..slash]}/", Permissions.Runnable));
                }
            }

            using var content = FileContent.Open(file.Source);
            var entry = Entry(TarEntryType.RegularFile, file.Name, file.Mode);
            entry.DataStream = content;
            tar.WriteEntry(entry);
        }
    }

    // GNU, because names of any length fit, and because .NET writes the PID into the headers of the pax format (10.0).
    private static GnuTarEntry Entry(TarEntryType type, string name, UnixFileMode mode) =>
        new(type, $"./{name}") { Mode = mode, ModificationTime = Time };
}
