using System.Diagnostics;
using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Tests.Processes;

/// <summary>The program of ours that tests start where there is no shell: it runs wherever the tests do.</summary>
internal static class TestTool
{
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "Omniview.Plugin.TestTool.dll");

    /// <summary>The dotnet that runs these tests.</summary>
    private static string Dotnet =>
        Environment.ProcessPath is { } own && Path.GetFileNameWithoutExtension(own) == "dotnet"
            ? own
            : Path.Combine(
                Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? "/usr/share/dotnet",
                OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");

    public static ProcessSpec Spec(params string[] arguments) =>
        new(Dotnet, ["exec", Assembly, .. arguments], AppContext.BaseDirectory);

    public static ProcessStartInfo Info(params string[] arguments) => new(Dotnet, ["exec", Assembly, .. arguments]);

    public static HostCommand Command(params string[] arguments) => new(Dotnet, ["exec", Assembly, .. arguments]);
}
