namespace Omniview.Plugin.Core.Files;

/// <summary>A file was not read, because nothing that belongs there is that large.</summary>
internal sealed class FileTooLargeException(string path, long limit)
    : IOException(FormattableString.Invariant(
        $"'{path}' is larger than the {limit:#,0} bytes that are read of such a file."));
