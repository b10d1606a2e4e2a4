namespace Omniview.Plugin.Core.Machine;

/// <summary>Reads files of Linux's <c>/proc</c>, which have no length and vanish while one reads.</summary>
internal static class ProcFile
{
    /// <summary>The content, or null when the process has ended or is another user's.</summary>
    public static byte[]? Read(int pid, string name)
    {
        try
        {
            // other modes cost a flock(2)
            using var file = File.OpenHandle(
                $"/proc/{pid}/{name}", FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var buffer = new byte[4096];
            var length = 0;
            int read;
            while ((read = RandomAccess.Read(file, buffer.AsSpan(length), length)) > 0)
            {
                length += read;
                if (length == buffer.Length)
                {
                    Array.Resize(ref buffer, length * 2);
                }
            }

            return buffer[..length];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
