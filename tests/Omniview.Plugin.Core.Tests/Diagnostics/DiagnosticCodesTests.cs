using System.Reflection;
using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Output;

namespace Omniview.Plugin.Core.Tests.Diagnostics;

public sealed partial class DiagnosticCodesTests
{
    private static readonly string Pages = Path.Combine(Repository.Root, "docs", "diagnostics");

    private static readonly IReadOnlyList<(string Name, string Code)> Declared =
    [
        .. typeof(DiagnosticCodes)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (field.Name, (string)field.GetRawConstantValue()!)),
    ];

    [Fact]
    public void Every_code_has_a_legal_form() =>
        AssertNone(
            Declared.Where(one => !Form().IsMatch(one.Code)).Select(one => $"{one.Name} = {one.Code}"),
            "are not OVP1000 to OVP6999, GO and four digits, or the TS of all of TypeScript");

    [Fact]
    public void Every_code_is_declared_once() =>
        AssertNone(
            Declared.GroupBy(one => one.Code).Where(same => same.Count() > 1).Select(same => $"{same.Key}: " +
                $"{string.Join(", ", same.Select(one => one.Name))}"), "have several names");

    [Fact]
    public void Every_code_is_reported_somewhere()
    {
        var sources = Directory.EnumerateFiles(
            Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText);
        var reported = sources.SelectMany(source => Mention().Matches(source)).Select(
            mention => mention.Groups[1].Value).ToHashSet();

        AssertNone(
            Declared.Where(one => !reported.Contains(one.Name)).Select(one => $"{one.Code} ({one.Name})"),
            "are declared and never reported");
    }

    [Fact]
    public void Every_code_has_a_page_titled_with_it() =>
        AssertNone(
            Declared
                .Where(one => !Title(one.Code).StartsWith($"# {one.Code}: ", StringComparison.Ordinal))
                .Select(one => one.Code),
            "have no page with their title");

    [Fact]
    public void Every_page_is_of_a_declared_code() =>
        AssertNone(
            PageCodes().Except(Declared.Select(one => one.Code)).Except(GoProblemKind.All.Select(kind => kind.Code))
                .Except([GoTypeErrors.Page]),
            "have a page and are not declared");

    [Fact]
    public void Every_page_shows_what_is_printed() =>
        AssertNone(
            PageCodes()
                .Where(code => !Regex.IsMatch(Read(code), $": (error|warning) {Shown(code)}: ")),
            "have a page without an example of the message");

    [Fact]
    public void Every_page_links_to_pages_there_are()
    {
        var broken =
            from code in PageCodes().Append("README")
            from Match link in Link().Matches(Read(code))
            where !File.Exists(Path.GetFullPath(link.Groups[1].Value, Pages))
            select $"{link.Groups[1].Value} in {code}.md";

        AssertNone(broken, "are not there");
    }

    [Fact]
    public void The_table_of_all_pages_has_each_with_its_title()
    {
        var rows = Read("README").Split('\n').Where(line => line.StartsWith("| [", StringComparison.Ordinal))
            .Select(line => line.Split(" | ")).ToList();
        var listed = rows.Select(row => $"{row[0]} {row[^1]}");
        var titled = PageCodes().Select(
            code => $"| [{code}]({code}.md) {Title(code).Replace($"# {code}: ", "", StringComparison.Ordinal)} |");

        AssertNone(titled.Except(listed), "are not in docs/diagnostics/README.md as they are titled");
        AssertNone(listed.Except(titled), "are in docs/diagnostics/README.md and have no page of this title");
    }

    /// <summary>Two pages are of many codes each.</summary>
    private static string Shown(string page) => page is "TS" or GoTypeErrors.Page ? page + "[0-9]+" : page;

    private static IEnumerable<string> PageCodes() =>
        Directory.EnumerateFiles(Pages, "*.md").Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(name => name != "README").Order(StringComparer.Ordinal);

    private static string Title(string code) =>
        File.Exists(Page(code)) ? File.ReadLines(Page(code)).FirstOrDefault("") : "";

    private static string Read(string name) => File.ReadAllText(Page(name));

    private static string Page(string name) => Path.Combine(Pages, $"{name}.md");

    /// <summary>All of them in one failure: whoever adds a code sees at once what else it needs.</summary>
    private static void AssertNone(IEnumerable<string> offenders, string what)
    {
        var all = offenders.ToList();
        Assert.True(all.Count == 0, $"These {what}: {string.Join("; ", all)}");
    }

    [GeneratedRegex(@"^(?:OVP[1-6][0-9]{3}|GO[0-9]{4}|TS)\z")]
    private static partial Regex Form();

    [GeneratedRegex(@"\bDiagnosticCodes\.(\w+)")]
    private static partial Regex Mention();

    [GeneratedRegex(@"\]\(([^)#:]+\.md)(?:#[^)]*)?\)")]
    private static partial Regex Link();
}
