using System.Reflection;
using System.Runtime.InteropServices;

namespace Omniview.Plugin.Bench;

/// <summary>What is measured, as <c>./build.sh pack</c> left it in this repository.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Sample => Path.Combine(Root, "samples", "plugin");

    public static string Packages => Path.Combine(Root, "artifacts", "packages");

    public static string DevHost { get; } = new[] { RuntimeInformation.RuntimeIdentifier, "any" }
        .Select(system => Path.Combine(Root, "artifacts", "tools", system, "dev-host", "omniview-plugin-dev.dll"))
        .FirstOrDefault(File.Exists)
            ?? throw new BenchException("There is no dev host below artifacts/tools: run ./build.sh pack first.");

    /// <summary>Folder that has the package of Microsoft.Build.NoTargets.</summary>
    public static string NoTargetsFolder => Metadata("NoTargetsFolder");

    public static string NoTargetsVersion => Metadata("NoTargetsVersion");

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(
            one => one.Key == key).Value!;

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "build.sh")))
            {
                return folder.FullName;
            }
        }

        throw new BenchException(
            $"There is no build.sh above {AppContext.BaseDirectory}. Run the benchmarks with ./build.sh bench.");
    }
}
