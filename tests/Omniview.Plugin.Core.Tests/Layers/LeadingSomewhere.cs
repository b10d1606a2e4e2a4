using System.Text.RegularExpressions;

namespace Omniview.Plugin.Core.Tests.Layers;

/// <summary>The links of our pages, and the headings they name.</summary>
public sealed partial class LeadingSomewhere
{
    public static TheoryData<string> Pages =>
    [
        "README.md", "CONTRIBUTING.md",
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file)).Order(),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Each_link_of_a_page_leads_to_a_file_and_a_heading_that_are_there(string page)
    {
        var file = Path.Combine(Repository.Root, page);

        var links = Link().Matches(Fence().Replace(File.ReadAllText(file), ""));

        Assert.All(links.Select(link => link.Groups["target"].Value), target =>
        {
            var parts = target.Split('#');
            var linked = parts[0].Length == 0 ? file
                : Path.GetFullPath(Uri.UnescapeDataString(parts[0]), Path.GetDirectoryName(file)!);
            Assert.True(Path.Exists(linked), $"{page}: {target}");
            Assert.True(parts.Length == 1 || Headings(linked).Contains(parts[1]), $"{page}: {target}");
        });
    }

    /// <summary>As GitHub names them.</summary>
    private static IEnumerable<string> Headings(string page) => Heading().Matches(File.ReadAllText(page))
        .Select(heading => NoName().Replace(heading.Groups["text"].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?!\w+:)(?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^ *```.*?^ *```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoName();
}
