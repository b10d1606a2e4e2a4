using System.Runtime.InteropServices;

namespace Omniview.Plugin.DevServer.Tests.Infra;

/// <summary>The dev host as it ships: precompiled, so that its start costs half of the processor time.</summary>
internal static class PackedDevHost
{
    private const string Name = "omniview-plugin-dev.dll";

    /// <summary>To be started with <c>dotnet</c>.</summary>
    public static string Program { get; } = Find();

    private static string Find()
    {
        var tools = Path.Combine(Repository.Root, "artifacts", "tools");
        var system = RuntimeInformation.RuntimeIdentifier;
        var runtime = Directory.Exists(Path.Combine(tools, system)) ? system : "any";
        var program = Path.Combine(tools, runtime, "dev-host", Name);
        var isOld = File.GetLastWriteTimeUtc(program) < File.GetLastWriteTimeUtc(
            Path.Combine(AppContext.BaseDirectory, Name));
        return File.Exists(program) && !isOld
            ? program
            : throw new InvalidOperationException(
                $"{program} is missing or older than these tests: run ./build.sh pack.");
    }
}
