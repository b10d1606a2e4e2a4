using System.Globalization;
using System.Text;
using Omniview.Plugin.Core.State;

namespace Omniview.Plugin.Core.Ports;

/// <summary>
/// The port a project had last, in a file of its own, so that it gets it back: a page in the browser finds its server
/// again. It is the project's and not the dev host's, so it counts in every state directory.
/// </summary>
/// <param name="file">Where it is kept.</param>
internal sealed class PortMemory(string file)
{
    /// <summary>Null when there is none, or none that can be read.</summary>
    public int? Port =>
        StateFile.TryRead(file) is { } text
            && int.TryParse(
                Encoding.ASCII.GetString(text), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? port
            : null;

    /// <summary>Keeps the port. A folder that can't be written costs only the memory.</summary>
    public void Remember(int port)
    {
        try
        {
            if (Port != port)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                StateFile.Write(file, Encoding.ASCII.GetBytes(port.ToString(CultureInfo.InvariantCulture)));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // next time it is another port
        }
    }
}
