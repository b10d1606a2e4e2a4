using System.Globalization;
using BenchmarkDotNet.Environments;

namespace Omniview.Plugin.Bench;

/// <summary>Where numbers were taken: without it they mean nothing to others.</summary>
internal static class Machine
{
    /// <summary>A Markdown list.</summary>
    public static async Task<string> DescribeAsync(World world, CancellationToken cancellation)
    {
        var host = HostEnvironmentInfo.GetCurrent();
        var dotnet = await VersionAsync("dotnet", "--version");
        var go = await VersionAsync("go", "version");
        var node = await VersionAsync("node", "--version");
        return string.Create(CultureInfo.InvariantCulture, $"""
            - {host.CpuInfo.Value.ProcessorName}, {Environment.ProcessorCount} logical cores{Load()}
            - {host.OsVersion.Value}
            - .NET SDK {dotnet}, {go}, Node {node}
            - {DateTime.UtcNow:yyyy-MM-dd}
            """);

        Task<string> VersionAsync(string program, string argument) =>
            Command.RunAsync(Command.Find(program), world.Root, cancellation, argument);
    }

    /// <summary>How busy it was with other things; Linux only.</summary>
    private static string Load() =>
        File.Exists("/proc/loadavg")
            ? $", load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]} before the run"
            : "";
}
