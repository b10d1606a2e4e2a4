using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Omniview.Plugin.Sdk.Tests.Infra;

namespace Omniview.Plugin.Sdk.Tests;

// no ';' and no '%20': MSBuild can't pack in such a folder without the link build.sh makes
public sealed class PackingTwice(PackageCache packages) : SdkScratch(packages, folder: "a b")
{
    /// <summary>Without the assemblies with machine code: making them takes longer than all the rest.</summary>
    [Fact]
    public async Task Gives_the_same_files_in_a_folder_elsewhere()
    {
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(Repository.Root, ".git")), "the assemblies name the commit, and these " +
                "sources are not in a Git repository of their own");
        using var here = ZipFile.OpenRead(Directory.EnumerateFiles(
            Repository.Packages, "Omniview.Plugin.Sdk.*.nupkg").Single());
        foreach (var folder in new[] { "src", "sdk", "docs", ".git" })
        {
            Copy(Path.Combine(Repository.Root, folder), InProject(folder));
        }

        foreach (var file in Directory.EnumerateFiles(Repository.Root))
        {
            File.Copy(file, InProject(Path.GetFileName(file)));
        }

        // there may be newer ones than the packed one
        await File.WriteAllTextAsync(
            InProject(".git/HEAD"), Commit(here) + "\n", TestContext.Current.CancellationToken);

        // The user's own packages: those of the tests are the packed SDK's, and packing needs what Core is built with.
        (Environment["NUGET_PACKAGES"], Environment["HOME"]) = (
            null, System.Environment.GetEnvironmentVariable("HOME"));
        File.Delete(Path.Combine(Root, "nuget.config"));
        (
            await DotnetAsync(
                "pack",
                "src/Omniview.Plugin.Sdk",
                "-c",
                "Release",
                "-p:PrecompiledRuntimes=",
                "-p:RunAnalyzers=false", // they change nothing of what is compiled
                "-p:PackageOutputPath=../../packed/",
                "-p:UseSharedCompilation=false")
        ).ShouldSucceed();

        using var there = ZipFile.OpenRead(Directory.EnumerateFiles(InProject("packed")).Single());
        Assert.Equal(
            Files(here)
                .Where(file =>
                    !file.Contains("/linux-", StringComparison.Ordinal)
                    && !file.Contains("/win-", StringComparison.Ordinal)),
            Files(there));
        Assert.All(
            Files(there),
            file => Assert.True(Content(here, file).SequenceEqual(Content(there, file)), $"{file} differs"));
    }

    private static string Commit(ZipArchive package) =>
        Regex
            .Match(
                Encoding.UTF8.GetString(Content(package, "Omniview.Plugin.Sdk.nuspec")),
                """ commit="([0-9a-f]+)" """.Trim())
            .Groups[1]
            .Value;

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.EnumerateDirectories(from))
        {
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }

    private static IEnumerable<string> Files(ZipArchive package) =>
        package.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal);

    private static byte[] Content(ZipArchive package, string file)
    {
        using var stream = package.GetEntry(file)!.Open();
        var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
