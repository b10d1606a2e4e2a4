namespace Omniview.Plugin.Core.State;

/// <summary>What something of ours has to be.</summary>
internal enum StateEntryKind
{
    /// <summary>A small file, read and written whole.</summary>
    Text,

    /// <summary>A file of any size that grows.</summary>
    Log,

    /// <summary>A file that is held open.</summary>
    Lock,

    Folder,

    /// <summary>A folder, or a link of ours to one.</summary>
    Sockets,
}
