namespace Omniview.Plugin.Core.Tests;

/// <summary>
/// This repository, found from the running assembly: a deterministic build maps the source paths away.
/// </summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>A folder or file beside the tests.</summary>
    public static string Test(params IEnumerable<string> parts) =>
        Path.Combine([Root, "tests", "Omniview.Plugin.Core.Tests", .. parts]);

    private static string Find()
    {
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
