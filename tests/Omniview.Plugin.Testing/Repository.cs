namespace Omniview.Plugin.Testing;

/// <summary>Places in this repository that tests take things from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Packages => Path.Combine(Root, "artifacts", "packages");

    public static string Sample => Path.Combine(Root, "samples", "plugin");

    public static string CommandLineTool => Path.Combine(Root, "artifacts", "omniview-plugin-dev");

    /// <summary>The version of the one SDK package in the folder feed.</summary>
    public static string SdkVersion => field ??= Path.GetFileNameWithoutExtension(
        Directory.EnumerateFiles(Packages, "Omniview.Plugin.Sdk.*.nupkg").Single())["Omniview.Plugin.Sdk.".Length..];

    private static string Find()
    {
        // From the running assembly, not from the source path: a deterministic build maps that one away.
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "build.sh")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"There is no build.sh above {AppContext.BaseDirectory}.");
    }
}
