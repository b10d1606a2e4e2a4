using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Omniview.Plugin.Sdk.Tests.Infra;

namespace Omniview.Plugin.Sdk.Tests;

/// <summary>What stands on a package's page, and what lies in it.</summary>
public sealed class PublishingThePackages
{
    public static TheoryData<string> Packages =>
        [.. Directory.EnumerateFiles(Repository.Packages, "*.nupkg").Select(file => Path.GetFileName(file)!)];

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_list_of_its_files_is_the_one_that_is_checked_in(string file)
    {
        using var package = Open(file);
        var id = Metadata(package, "id");

        CheckedIn.Assert_is_up_to_date(
            $"tests/Omniview.Plugin.Sdk.Tests/Frozen/{id}.files.txt",
            string.Concat(
                package
                    .Entries.Select(entry => entry.FullName)
                    .Order(StringComparer.Ordinal)
                    .Select(name => name + "\n")));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void It_has_what_a_visitor_of_its_page_looks_for(string file)
    {
        using var package = Open(file);

        Assert.All(
            ["description", "authors", "tags", "projectUrl", "copyright", "license", "releaseNotes"],
            name => Assert.NotEqual("", Metadata(package, name)));
        var newest = File.ReadLines(Path.Combine(Repository.Root, "CHANGELOG.md"))
            .First(line => line.StartsWith("- ", StringComparison.Ordinal));
        Assert.Contains(
            $"{newest}\n",
            Metadata(package, "releaseNotes") + "\n",
            StringComparison.Ordinal);
        Assert.StartsWith("# ", Read(package, Metadata(package, "readme")), StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(Path.Combine(Repository.Root, "LICENSE")), Read(package, "LICENSE"));
        using var icon = package.GetEntry(Metadata(package, "icon"))!.Open();
        var header = new byte[24];
        icon.ReadExactly(header);
        Assert.Equal([0x89, .. "PNG\r\n"u8, 0x1A, 0x0A], header[..8]);
        // the IHDR chunk: width and height
        Assert.Equal((128, 128), ((header[18] << 8) | header[19], (header[22] << 8) | header[23]));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Its_readme_is_ours_with_links_that_lead_somewhere_from_everywhere(string file)
    {
        using var package = Open(file);
        var readme = Read(package, "README.md");
        var repository = Metadata(package, "projectUrl");

        var links = Regex.Matches(readme, @"\]\(([^)]*)\)").Select(link => link.Groups[1].Value).ToList();

        Assert.All(links, link => Assert.Matches("^(https://|#)", link));
        Assert.All(
            links.Where(link => link.StartsWith(repository + "/blob/main/", StringComparison.Ordinal)),
            link =>
                Assert.True(
                    Path.Exists(
                        Path.Combine(Repository.Root, link[(repository.Length + "/blob/main/".Length)..].Split('#')[0])
                    ),
                    link));
        Assert.Contains(
            links,
            link =>
                link.EndsWith("/main/docs/images/dev-loop.png", StringComparison.Ordinal)
                && link.StartsWith("https://raw.", StringComparison.Ordinal)
        );
        Assert.Equal(Unlinked(File.ReadAllText(Path.Combine(Repository.Root, "README.md"))), Unlinked(readme));

        static string Unlinked(string text) => Regex.Replace(text, @"\]\([^)]*\)", "]()").TrimEnd();
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Who_it_is_from_is_said_for_each_assembly_that_is_not_ours(string file)
    {
        using var package = Open(file);
        var others = package.Entries.Where(
            entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal) && !IsOurs(entry)).Select(
                entry => entry.Name).ToHashSet();
        var notices = Read(package, "THIRD-PARTY-NOTICES.txt");

        Assert.All(others, name => Assert.Contains($"\n{name} (", notices, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Our_assemblies_carry_their_symbols_and_no_path_of_the_machine_that_built_them(string file)
    {
        using var package = Open(file);

        Assert.All(
            package.Entries.Where(IsOurs), entry =>
            {
                using var assembly = new PEReader(new MemoryStream(Bytes(entry)));
                var embedded = Assert.Single(
                    assembly.ReadDebugDirectory(), one => one.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
                using var symbols = assembly.ReadEmbeddedPortablePdbDebugDirectoryData(embedded);
                var reader = symbols.GetMetadataReader();
                Assert.All(
                    reader.Documents,
                    document =>
                        Assert.StartsWith(
                            "/_/", reader.GetString(reader.GetDocument(document).Name), StringComparison.Ordinal));
            });
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void It_names_the_commit_it_was_made_from(string file)
    {
        Assert.SkipUnless(
            Path.Exists(Path.Combine(Repository.Root, ".git")), "these sources are not in a Git repository");
        using var package = Open(file);

        Assert.Matches(
            "^[0-9a-f]{40}$",
            Nuspec(package)
                .Descendants()
                .Single(element => element.Name.LocalName == "repository")
                .Attribute("commit")
                ?.Value);
    }

    private static bool IsOurs(ZipArchiveEntry entry) =>
        entry.Name.EndsWith(".dll", StringComparison.Ordinal)
            && (entry.Name.StartsWith(
                "Omniview.Plugin.", StringComparison.Ordinal) || entry.Name == "omniview-plugin-dev.dll");

    private static ZipArchive Open(string file) => ZipFile.OpenRead(Path.Combine(Repository.Packages, file));

    private static string Metadata(ZipArchive package, string name) =>
        Nuspec(package).Descendants().Single(element => element.Name.LocalName == name).Value.ReplaceLineEndings("\n");

    private static XDocument Nuspec(ZipArchive package)
    {
        using var stream = package.Entries.Single(
            entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(stream);
    }

    private static string Read(ZipArchive package, string name)
    {
        using var reader = new StreamReader(package.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        var bytes = new byte[entry.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
