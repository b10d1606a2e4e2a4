using System.Globalization;
using System.Net.NetworkInformation;
using System.Text;
using Omniview.Plugin.Core.Machine;

namespace Omniview.Plugin.Core.Ports;

/// <summary>A program that listens on ports of a range.</summary>
/// <param name="Pid">Null when the system does not tell: another user's program, or any outside of Linux.</param>
/// <param name="Program">Its name, without arguments; null likewise.</param>
/// <param name="Ports">The ports, ascending.</param>
internal sealed record PortHolder(int? Pid, string? Program, IReadOnlyList<int> Ports)
{
    private const int Listening = 0x0A; // TCP_LISTEN in the column "st" of proc_net(5)'s tables

    /// <summary>Who listens in the range, whoever has most ports first.</summary>
    public static IReadOnlyList<PortHolder> In(PortRange range)
    {
        var listeners = OperatingSystem.IsLinux()
            ? ReadTables(range)
            : [.. Listeners(range).Select(port => (port, 0L))];
        var owners = OperatingSystem.IsLinux() && listeners.Count > 0
            ? Owners([.. listeners.Select(listener => listener.Inode)])
            : [];
        return
        [
            .. listeners
                .GroupBy(listener => owners.TryGetValue(listener.Inode, out var pid) ? pid : (int?)null)
                .Select(group => new PortHolder(
                    group.Key,
                    group.Key is { } pid ? ProcStat.Read(pid)?.Name : null,
                    [.. group.Select(listener => listener.Port).Distinct().Order()]))
                .OrderByDescending(holder => holder.Ports.Count),
        ];
    }

    /// <summary>Whether one of these processes listens on the port; null where the system does not tell.</summary>
    public static bool? IsAmong(IEnumerable<int> pids, int port)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var inodes = ReadTables(new PortRange(port, port)).Select(listener => listener.Inode).ToHashSet();
        return pids.Any(pid => Sockets(pid).Exists(inodes.Contains));
    }

    public override string ToString()
    {
        var who = Pid is { } pid
            ? string.Create(CultureInfo.InvariantCulture, $"{Program ?? "a program"} (PID {pid})")
            : "programs the system does not name";
        return $"{who}: {Text(Ports)}";
    }

    /// <summary>E.g. <c>15173-15175, 15180</c>.</summary>
    private static string Text(IReadOnlyList<int> ports)
    {
        var text = new StringBuilder();
        for (var first = 0; first < ports.Count;)
        {
            var last = first;
            while (last + 1 < ports.Count && ports[last + 1] == ports[last] + 1)
            {
                last++;
            }

            text.Append(text.Length > 0 ? ", " : "").Append(ports[first]);
            if (last > first)
            {
                text.Append('-').Append(ports[last]);
            }

            first = last + 1;
        }

        return text.ToString();
    }

    private static IEnumerable<int> Listeners(PortRange range)
    {
        try
        {
            return IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(listener => listener.Port)
                .Where(range.Contains).Distinct();
        }
        catch (NetworkInformationException)
        {
            return [];
        }
    }

    private static List<(int Port, long Inode)> ReadTables(PortRange range)
    {
        var listeners = new List<(int, long)>();
        foreach (var table in new[] { "/proc/net/tcp", "/proc/net/tcp6" }.Where(File.Exists))
        {
            foreach (var line in File.ReadLines(table).Skip(1))
            {
                var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (Hex(fields[3]) == Listening && Hex(fields[1][(fields[1].LastIndexOf(':') + 1)..]) is var port
                    && range.Contains(port))
                {
                    listeners.Add((port, long.Parse(fields[9], CultureInfo.InvariantCulture)));
                }
            }
        }

        return listeners;
    }

    private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>Who has a descriptor of which socket, as far as we may see.</summary>
    private static Dictionary<long, int> Owners(HashSet<long> inodes)
    {
        var owners = new Dictionary<long, int>();
        foreach (var (pid, _) in ProcStat.ReadAll())
        {
            foreach (var inode in Sockets(pid).Where(inodes.Contains))
            {
                owners.TryAdd(inode, pid);
            }
        }

        return owners;
    }

    private static List<long> Sockets(int pid)
    {
        const string Prefix = "socket:[";
        var inodes = new List<long>();
        try
        {
            foreach (var descriptor in new DirectoryInfo($"/proc/{pid}/fd").EnumerateFiles())
            {
                if (descriptor.LinkTarget is { } target && target.StartsWith(Prefix, StringComparison.Ordinal))
                {
                    inodes.Add(long.Parse(target.AsSpan()[Prefix.Length..^1], CultureInfo.InvariantCulture));
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // ended, or another user's
        }

        return inodes;
    }
}
