using System.IO.Compression;

namespace Omniview.Plugin.Core.Tests.Archives;

/// <summary>Bytes as one member of gzip, and back.</summary>
internal static class GZipped
{
    public static byte[] Compress(byte[] content)
    {
        var file = new MemoryStream();
        using (var zipped = new GZipStream(file, CompressionLevel.Fastest))
        {
            zipped.Write(content);
        }

        return file.ToArray();
    }

    public static byte[] Decompress(byte[] content)
    {
        using var zipped = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
        var file = new MemoryStream();
        zipped.CopyTo(file);
        return file.ToArray();
    }
}
