using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Packaging;

namespace Omniview.Plugin.Core.Tests.Packaging;

public sealed class ArchiveNameTests
{
    [Theory]
    [InlineData(ArchiveName.Default, "my-plugin-linux_amd64")]
    [InlineData("{platform}", "linux_amd64")]
    [InlineData("{os}-{arch}", "linux-amd64")]
    [InlineData("omniview-plugin-x-{version}-{platform}", "omniview-plugin-x-1.2.3+b-linux_amd64")]
    [InlineData("{rid} of {id}", "linux-x64 of my-plugin")]
    public void Fills_in_what_is_in_braces(string template, string expected) =>
        Assert.Equal(expected, ArchiveName.For(template, "my-plugin", "1.2.3+b", "linux-x64"));

    [Theory]
    [InlineData("{plattform}")]
    [InlineData("{}")]
    [InlineData("../{id}")]
    [InlineData("a\\b")]
    [InlineData("a:b")]
    [InlineData("..")]
    [InlineData(" ")]
    [InlineData("a.")]
    public void Refuses_what_is_no_file_name_everywhere(string template) =>
        Assert.Equal(
            DiagnosticCodes.ArchiveNameUnusable,
            Assert
                .Throws<DiagnosticException>(() => ArchiveName.For(template, "my-plugin", "1", "linux-x64"))
                .Diagnostic.Code);

    [Theory]
    [InlineData("osx-arm64", "darwin_arm64")]
    [InlineData("osx-x64", "darwin_amd64")]
    [InlineData("linux-x64", "linux_amd64")]
    [InlineData("linux-arm64", "linux_arm64")]
    [InlineData("win-x64", "windows_amd64")]
    [InlineData("win-arm64", "windows_arm64")]
    public void Knows_the_registrys_word_for_each_platform(string runtimeIdentifier, string platform) =>
        Assert.Equal(platform, ArchiveName.For("{platform}", "my-plugin", "1", runtimeIdentifier));
}
