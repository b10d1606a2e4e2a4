using System.Text.RegularExpressions;

namespace Omniview.Plugin.Core.Tests.Layers;

/// <summary>The sizes that CONTRIBUTING.md names.</summary>
[UnixOnly("looks at sources, which are the same everywhere")]
public sealed partial class StayingReadable
{
    private const int MostColumns = 120;
    private const int MostLines = 250;

    public static TheoryData<string> Projects =>
    [
        .. new[] { "src", "tests", "bench" }
            .SelectMany(folder => Directory.EnumerateDirectories(Path.Combine(Repository.Root, folder)))
            .Select(folder => Path.GetRelativePath(Repository.Root, folder)),
    ];

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_file_is_long(string project) =>
        Assert.All(Files(project), file => Assert.InRange(File.ReadLines(file).Count(), 1, MostLines));

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_line_is_long(string project) =>
        Assert.All(Files(project), file =>
        {
            var isData = false; // of a test: what real tools print, in a raw string
            foreach (var line in File.ReadLines(file))
            {
                var quotes = line.Split("\"\"\"").Length - 1;
                Assert.True(isData || quotes > 0 || line.Length <= MostColumns, line);
                isData ^= quotes % 2 == 1;
            }
        });

    /// <summary>System first. <c>dotnet format whitespace</c> leaves the order as it is.</summary>
    [Theory]
    [MemberData(nameof(Projects))]
    public void The_usings_are_in_order(string project) =>
        Assert.All(Files(project), file =>
        {
            var usings = Using().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value).ToList();
            Assert.Equal(
                usings
                    .OrderBy(name => name is not "System" && !name.StartsWith("System.", StringComparison.Ordinal))
                    .ThenBy(name => name.Replace('.', ' '), StringComparer.OrdinalIgnoreCase),
                usings);
        });

    [GeneratedRegex(@"^using ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();

    private static IEnumerable<string> Files(string project) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, project), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"));
}
