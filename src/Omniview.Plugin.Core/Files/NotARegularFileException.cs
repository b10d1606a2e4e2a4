namespace Omniview.Plugin.Core.Files;

/// <summary>Where a file with content was expected there is something else, which was not opened.</summary>
internal sealed class NotARegularFileException(string path, FileKind kind) : IOException(
    $"'{path}' is {Name(kind)}, not a file.")
{
    /// <summary>What is there.</summary>
    public FileKind Kind { get; } = kind;

    /// <summary>Such a thing in words.</summary>
    internal static string Name(FileKind kind) => kind switch
    {
        FileKind.File => "a file",
        FileKind.Folder => "a folder",
        FileKind.Link => "a link",
        FileKind.Pipe => "a named pipe",
        FileKind.Socket => "a socket",
        _ => "a device",
    };
}
