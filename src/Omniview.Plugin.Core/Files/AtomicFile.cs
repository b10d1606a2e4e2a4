namespace Omniview.Plugin.Core.Files;

/// <summary>
/// Writes files so that a reader sees the old content or the new, never a part or nothing, whatever happens meanwhile:
/// complete under a temporary name in the same folder, flushed to the disk, renamed. The folder must exist.
/// </summary>
/// <remarks>
/// Every method throws what <see cref="File"/> throws; the destination is then as it was, and no temporary is left.
/// </remarks>
internal static class AtomicFile
{
    /// <param name="path">The file; a link is replaced, not followed.</param>
    /// <param name="bytes">Its new content.</param>
    /// <param name="mode">Set as given, whatever the umask. No meaning on Windows.</param>
    /// <param name="durable">False for what means nothing after a power failure: it is not flushed to the disk.</param>
    public static void Write(string path, ReadOnlySpan<byte> bytes, UnixFileMode mode, bool durable = true)
    {
        using var content = new MemoryStream(bytes.ToArray(), writable: false);
        using var staged = StagedFile.From(content, Path.GetFullPath(path), mode, durable);
        staged.Commit();
    }
}
