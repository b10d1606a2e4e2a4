namespace Omniview.Plugin.Core.Files;

/// <summary>Folders are removed only when nothing is in them: what anybody put there meanwhile stays.</summary>
internal static class EmptyFolder
{
    public static bool TryRemove(string folder)
    {
        try
        {
            Directory.Delete(folder);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
