using System.Runtime.InteropServices;

namespace Omniview.Plugin.Core.Files;

/// <summary>
/// Makes a folder that was not there: <see cref="Directory.CreateDirectory(string)"/> is content with one that somebody
/// else has put there.
/// </summary>
internal static class NewFolder
{
    private const int AlreadyThere = 17; // EEXIST, on Linux and macOS
    private const int NotFound = 2; // ENOENT
    private const int Denied = 13; // EACCES

    /// <summary>False when the name is taken. On Unix only this user can enter it.</summary>
    /// <exception cref="IOException">It can't be made.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static bool TryCreate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            var isNew = !Path.Exists(folder); // its temporary folder is the user's own
            Directory.CreateDirectory(folder);
            return isNew;
        }

        if (LibC.MakeFolder(folder, (int)Permissions.OwnerFolder) == 0)
        {
            return true;
        }

        var why = $"{Marshal.GetLastPInvokeErrorMessage()}: '{folder}'";
        return Marshal.GetLastPInvokeError() switch
        {
            AlreadyThere => false,
            Denied => throw new UnauthorizedAccessException(why),
            NotFound => throw new DirectoryNotFoundException(why),
            _ => throw new IOException(why),
        };
    }
}
