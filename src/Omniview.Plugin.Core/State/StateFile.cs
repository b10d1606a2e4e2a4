using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.State;

/// <summary>
/// The one way to read and write the files we keep. None is trusted for being there: it counts as a regular file of
/// this user's, which nobody else may write, has no second name, is reached through no link and has a sensible size.
/// </summary>
internal static class StateFile
{
    private const int Limit = 256 * 1024;
    private const int MostAside = 9;

    /// <summary>Its content.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="IOException">It can't be read or must not be trusted; the message names it and says
    /// why.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static byte[] Read(string path, int limit = Limit)
    {
        using var stream = Open(path);
        return RegularFile.ReadToEnd(stream.SafeFileHandle, path, limit);
    }

    /// <summary>Its content; null when there is none that can be read and trusted.</summary>
    public static byte[]? TryRead(string path)
    {
        try
        {
            return Read(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Opens it for reading, whatever its size.</summary>
    /// <inheritdoc cref="Read"/>
    public static FileStream Open(string path)
    {
        var stream = RegularFile.Open(path, followLink: false);
        try
        {
            return Objection(FileFacts.Of(stream.SafeFileHandle)) is { } why
                ? throw new UnauthorizedAccessException($"'{path}' {why}.")
                : stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Writes it for its owner only. A link or a pipe of its name is replaced; a folder is set aside.
    /// </summary>
    /// <exception cref="IOException">It can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes, bool durable = true)
    {
        if (FileFacts.Of(path) is { Kind: FileKind.Folder })
        {
            SetAside(path);
        }

        AtomicFile.Write(path, bytes, Permissions.OwnerFile, durable);
    }

    /// <summary>Removes it; a folder of its name is set aside.</summary>
    /// <exception cref="IOException">It can't be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static void Remove(string path)
    {
        if (FileFacts.Of(path) is not { Kind: var kind })
        {
            return;
        }

        if (kind == FileKind.Folder)
        {
            SetAside(path);
        }
        else
        {
            File.Delete(path);
        }
    }

    /// <summary>As <see cref="Remove"/>, for what does no harm if it stays.</summary>
    public static void TryRemove(string path)
    {
        try
        {
            Remove(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // a file system that became read-only, say
        }
    }

    /// <summary>
    /// Gives what has our file's name another one, so that it is in nobody's way and nothing is lost; returns that
    /// path.
    /// </summary>
    /// <exception cref="IOException">It can't be renamed, or too many are there already.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static string SetAside(string path)
    {
        var names = Enumerable.Range(1, MostAside).Select(
            number => number == 1 ? $"{path}.unusable" : FormattableString.Invariant($"{path}.unusable.{number}"));
        var aside = names.FirstOrDefault(name => FileFacts.Of(name) is null)
            ?? throw new IOException(
                $"'{path}' can't be used, and neither set aside: {path}.unusable and its like are there already. " +
                "Delete them.");
        // plain rename(2); without overwriting, .NET makes hard links or copies, which a pipe never ends
        FileReplacement.Move(path, aside);
        return aside;
    }

    /// <summary>As <see cref="SetAside(string)"/>; what there is to tell about it.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="why">A sentence without its full stop.</param>
    internal static Diagnostic SetAside(string path, string why)
    {
        string what;
        try
        {
            what = $"It is {Path.GetFileName(SetAside(path))} now: delete that when you know where it came from.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            what = $"It could not be set aside either: {e.Message}";
        }

        return Diagnostic.Warning(DiagnosticCodes.StateFileUnusable, $"{why.TrimEnd('.')}. {what}").At(path);
    }

    private static string? Objection(FileFacts facts) =>
        !facts.IsOwn ? FormattableString.Invariant(
            $"belongs to another user (UID {facts.Owner}, you are {FileFacts.Self})")
        : facts.OthersMayWrite ? "can be written by others"
        : facts.Links > 1 ? "has a second name (a hard link)"
        : null;
}
