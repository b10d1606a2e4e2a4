using System.Text.RegularExpressions;
using System.Xml.Linq;
using Omniview.Plugin.Sdk.Tests.Infra;

namespace Omniview.Plugin.Sdk.Tests;

/// <summary>
/// The version is typed in Directory.Build.props. What users read has to name it too, and is written from there.
/// </summary>
public sealed class NamingTheVersion
{
    private static readonly string Version =
        XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props")).Descendants("Version").Single().Value;

    // behind the name of a package, as a project, global.json, a file or a command has it, or behind that of the tool
    private static readonly Regex Ours = new(
        """(?<=(Omniview\.Plugin\.(Sdk|Tool|Templates)([/@.]|::|": "| --version )|omniview-plugin-dev ))"""
            + @"\d+\.\d+\.\d+(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?");

    public static TheoryData<string> Named => [.. Files("docs", "samples", "*.md").Where(Names)];

    [Theory]
    [MemberData(nameof(Named))]
    public void A_page_or_a_sample_names_this_version(string file) =>
        CheckedIn.Assert_is_up_to_date(file, Ours.Replace(Text(file), Version));

    [Fact]
    public void The_code_names_none() =>
        Assert.DoesNotContain(
            Files("src", "sdk", "tests", "bench", "build", "*.sh", "*.props", "*.json"),
            file => file != "Directory.Build.props" && (Names(file) || SetsTheVersion(file)));

    private static bool Names(string file) => Ours.IsMatch(Text(file));

    private static bool SetsTheVersion(string file) =>
        Path.GetExtension(file) is ".csproj" or ".props" or ".targets"
            && Regex.IsMatch(Text(file), "<(Package|Informational)?Version(Prefix|Suffix)?>");

    private static string Text(string file) => File.ReadAllText(Path.Combine(Repository.Root, file));

    /// <summary>The text in these folders, and the files of the root that a pattern fits.</summary>
    private static IEnumerable<string> Files(params string[] places) =>
        places
            .SelectMany(place => place.Contains('*')
                ? Directory.EnumerateFiles(Repository.Root, place)
                : Directory.EnumerateFiles(Path.Combine(Repository.Root, place), "*", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Repository.Root, file))
            .Where(file => IsText(file) && !file.Split('/').Any(part => part is "bin" or "obj" or "node_modules"));

    private static bool IsText(string file) =>
        Path.GetExtension(file)
            is ".cs" or ".csproj" or ".props" or ".targets" or ".json" or ".md" or ".xml" or ".sh" or ".yaml" or ".yml";
}
