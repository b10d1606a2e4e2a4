using System.Text;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Go.Toolchain;

namespace Omniview.Plugin.Core.Go.Modules;

/// <summary>What a go.mod, or a go.work, says about the Go it needs.</summary>
/// <param name="File">Absolute path of the file.</param>
/// <param name="Language">Its <c>go</c> directive; null when there is none, or none that can be read.</param>
/// <param name="LanguageLine">1-based line of that directive, 0 without one.</param>
/// <param name="Toolchain">Its <c>toolchain</c> directive, e.g. <c>go1.26.1</c>.</param>
/// <param name="ToolchainLine">1-based line of that directive, 0 without one.</param>
internal sealed record GoModule(
    string File, GoVersion? Language, int LanguageLine, string? Toolchain, int ToolchainLine)
{
    private const int LargestFile = 16 * 1024 * 1024;

    /// <summary>
    /// The module a folder belongs to: the go.mod in it, or in the nearest folder above, as Go looks for it; null when
    /// there is none.
    /// </summary>
    public static GoModule? Read(string directory) => Find(directory, "go.mod");

    internal static GoModule? Find(string directory, string name)
    {
        for (var folder = new DirectoryInfo(directory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, name);
            if (System.IO.File.Exists(file))
            {
                return ReadFile(file);
            }
        }

        return null;
    }

    /// <summary>Never fails: what is wrong in the file is told by the go command, better and with its place.</summary>
    internal static GoModule ReadFile(string file)
    {
        var module = new GoModule(file, null, 0, null, 0);
        var inBlock = false;
        foreach (var (index, words) in Lines(file).Select(Words).Index())
        {
            switch (words)
            {
                case [")", ..]:
                    inBlock = false;
                    break;
                case [_, "(", ..]:
                    inBlock = true;
                    break;
                case ["go", var version] when !inBlock && module.LanguageLine == 0:
                    module = module with
                    {
                        Language = GoVersion.TryParse(version, out var read) ? read : null,
                        LanguageLine = index + 1,
                    };
                    break;
                case ["toolchain", var name] when !inBlock && module.ToolchainLine == 0:
                    module = module with { Toolchain = name, ToolchainLine = index + 1 };
                    break;
            }
        }

        return module;
    }

    internal static string[] Lines(string file)
    {
        try
        {
            return Encoding.UTF8.GetString(RegularFile.ReadAllBytes(file, LargestFile)).Split('\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    internal static string[] Words(string line)
    {
        var comment = line.IndexOf("//", StringComparison.Ordinal);
        return [.. (comment < 0 ? line : line[..comment]).Replace("(", " ( ", StringComparison.Ordinal)
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim('"', '`'))];
    }
}
