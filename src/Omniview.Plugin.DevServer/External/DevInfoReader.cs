using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Text;

namespace Omniview.Plugin.DevServer.External;

/// <summary>Reads the <c>.devinfo</c> of plugins that others run, each version of a file once.</summary>
internal sealed class DevInfoReader
{
    private const int WarnAfter = 3; // a file that is being written in place can't be read for a moment

    private readonly Dictionary<string, (FileFacts Facts, DevInfoFile? DevInfo, int Times)> _read = new(
        StringComparer.Ordinal);

    /// <summary>Whether it has no use, and is as it was when that was told.</summary>
    public bool IsKnownUnusable(string id, FileFacts facts) =>
        _read.TryGetValue(id, out var before) && before.Facts == facts
        && before is { DevInfo: null, Times: >= WarnAfter };

    /// <summary>
    /// Null when there is none, or none that can be trusted; the latter is said once per version of the file.
    /// </summary>
    public DevInfoFile? Read(string id, string file, FileFacts? found)
    {
        if (found is not { } facts)
        {
            _read.Remove(id);
            return null;
        }

        if (_read.TryGetValue(id, out var before) && before.Facts == facts && before.DevInfo is not null)
        {
            return before.DevInfo;
        }

        var devInfo = DevInfoFile.Read(file);
        var problem =
            devInfo is null ? "it names no process and address" :
            devInfo.PluginId is { } named && named != id ? $"it is of the plugin '{named}'" :
            Address(devInfo).EndPoint is null ? $"its address {devInfo.Addr} is neither a socket's path nor loopback" :
            null;
        var times = problem is null ? 0 : before.Facts == facts ? before.Times + 1 : 1;
        _read[id] = (facts, problem is null ? devInfo : null, times);
        if (times == WarnAfter)
        {
            Console.Error.WriteLine(TerminalText.Neutralise($"{file} is left out of account: {problem}."));
        }

        return _read[id].DevInfo;
    }

    /// <summary>The file has no network; Omniview tells by the leading slash.</summary>
    public static PluginAddress Address(DevInfoFile devInfo) =>
        new(Path.IsPathFullyQualified(devInfo.Addr) ? "unix" : "tcp", devInfo.Addr);
}
