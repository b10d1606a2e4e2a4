using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using Omniview.Plugin.DevServer.Cli.Output;

namespace Omniview.Plugin.DevServer.Tests.Infra;

/// <summary>The dev host as it ships: precompiled, so that its start costs half of the processor time.</summary>
internal static class PackedDevHost
{
    /// <summary>To be started with <c>dotnet</c>.</summary>
    public static string Program { get; } = Find();

    private static string Find()
    {
        var tools = Path.Combine(Repository.Root, "artifacts", "tools");
        var runtime = Directory.Exists(Path.Combine(tools, RuntimeInformation.RuntimeIdentifier))
            ? RuntimeInformation.RuntimeIdentifier
            : "any";
        var program = Path.Combine(tools, runtime, "dev-host", "omniview-plugin-dev.dll");
        return File.Exists(program) && VersionOf(program) == typeof(ExitCode).Module.ModuleVersionId
            ? program
            : throw new InvalidOperationException(
                $"{program} is missing or another build than these tests: run ./build.sh pack.");
    }

    /// <summary>Precompiling keeps this number of the module.</summary>
    private static Guid VersionOf(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }
}
