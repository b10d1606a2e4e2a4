using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Ui.Sources;
using Omniview.Plugin.Core.Ui.Vite;

namespace Omniview.Plugin.Core.Tests.Ui;

/// <summary>
/// Every file in Outputs holds sources, what Vite 7.3 or 8.3 printed for them (without colours and most stack frames),
/// and what must be made of it. Lines longer than 300 characters are cut.
/// </summary>
public sealed class ViteOutputTests : IDisposable
{
    private readonly TempFolder _ui = new();

    public static TheoryData<string> Cases() =>
        [
            .. Directory
                .EnumerateFiles(Outputs(), "*.txt")
                .Select(file => Path.GetFileNameWithoutExtension(file))
                .Order(StringComparer.Ordinal),
        ];

    public void Dispose() => _ui.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void Becomes_exactly_these_diagnostics(string name)
    {
        var sections = Sections(File.ReadAllText(Path.Combine(Outputs(), $"{name}.txt")));
        foreach (var (path, text) in sections.Where(one => one.Key[0] != '('))
        {
            _ui.Write(path, text);
        }

        var output = sections["(output)"].Replace("{ui}", _ui.Path, StringComparison.Ordinal).TrimEnd('\n').Split('\n');
        var failed = output.Any(line => line.StartsWith("error during build:", StringComparison.Ordinal));

        var found = ViteWarnings.Read(output, new UiSources(_ui.Path)).Concat(
            failed ? ViteErrors.Parse(output, 1, _ui.Path) : []);

        Assert.Equal(sections["(expected)"], string.Concat(found.Select(Shown)));
    }

    private string Shown(Diagnostic one) =>
        Slashed($"{one}\n").Replace(Slashed(_ui.Path) + '/', "", StringComparison.Ordinal)
        .Replace(Slashed(_ui.Path), "{ui}", StringComparison.Ordinal);

    /// <summary>What was printed had the paths of Linux.</summary>
    private static string Slashed(string text) => text.Replace(Path.DirectorySeparatorChar, '/');

    private static Dictionary<string, string> Sections(string text) =>
        text.Split("==> ", StringSplitOptions.RemoveEmptyEntries).Select(section => section.Split('\n', 2))
            .ToDictionary(parts => parts[0], parts => parts[1]);

    private static string Outputs()
    {
        // From the running assembly, not from the source path: a deterministic build maps that one away.
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "build.sh")))
            {
                return Path.Combine(folder.FullName, "tests", "Omniview.Plugin.Core.Tests", "Ui", "Outputs");
            }
        }

        throw new InvalidOperationException($"There is no build.sh above {AppContext.BaseDirectory}.");
    }
}
