using System.Text;

namespace Omniview.Plugin.Core.Go.Incremental;

/// <summary>
/// The file that tells the compiler or the linker where packages are (<c>-importcfg</c>; format:
/// cmd/compile/internal/base, ReadImportCfg, and cmd/link/internal/ld).
/// </summary>
/// <param name="Packages">The import paths it names, in its order.</param>
/// <param name="OtherLines">All lines that name no package, e.g. the linker's <c>modinfo</c>.</param>
internal sealed record ImportConfig(IReadOnlyList<string> Packages, IReadOnlyList<string> OtherLines)
{
    private const string Package = "packagefile ";

    public static ImportConfig Empty { get; } = new([], []);

    public static ImportConfig Read(IEnumerable<string> lines)
    {
        List<string> packages = [], others = [];
        foreach (var line in lines)
        {
            if (!line.StartsWith(Package, StringComparison.Ordinal))
            {
                others.Add(line);
            }
            else if (line.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
            {
                packages.Add(line[Package.Length..equals]);
            }
        }

        return new ImportConfig(packages, others);
    }

    /// <summary>Writes it with each package where it is now.</summary>
    public void Write(string file, Func<string, string> archiveOf)
    {
        var text = new StringBuilder();
        foreach (var package in Packages)
        {
            text.Append(Package).Append(package).Append('=').Append(archiveOf(package)).Append('\n');
        }

        foreach (var line in OtherLines)
        {
            text.Append(line).Append('\n');
        }

        File.WriteAllText(file, text.ToString());
    }
}
