namespace Omniview.Plugin.Core.Files;

/// <summary>What a name in a folder stands for.</summary>
internal enum FileKind
{
    /// <summary>A regular file: the only kind whose content can be read without waiting for anybody.</summary>
    File,

    Folder,

    /// <summary>A symbolic link; on Windows any reparse point.</summary>
    Link,

    /// <summary>A named pipe: to open one waits for its other end.</summary>
    Pipe,

    Socket,

    /// <summary>A character or block device.</summary>
    Device,
}
