using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Toolchain;

namespace Omniview.Plugin.Core.Tests.Go;

public sealed class GoTargetTests
{
    [Theory]
    [InlineData("linux-x64", "linux", "amd64", "")]
    [InlineData("linux-musl-x64", "linux", "amd64", "")]
    [InlineData("linux-arm64", "linux", "arm64", "")]
    [InlineData("linux-musl-arm64", "linux", "arm64", "")]
    [InlineData("linux-arm", "linux", "arm", "")]
    [InlineData("linux-x86", "linux", "386", "")]
    [InlineData("osx-x64", "darwin", "amd64", "")]
    [InlineData("osx-arm64", "darwin", "arm64", "")]
    [InlineData("win-x64", "windows", "amd64", ".exe")]
    [InlineData("win-x86", "windows", "386", ".exe")]
    [InlineData("win-arm64", "windows", "arm64", ".exe")]
    [InlineData("freebsd-x64", "freebsd", "amd64", "")]
    public void Translates_runtime_identifiers(string identifier, string goos, string goarch, string extension)
    {
        var target = GoTarget.FromRuntimeIdentifier(identifier);

        Assert.Equal(new GoTarget(goos, goarch), target);
        Assert.Equal(extension, target.ExecutableExtension);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void Leaves_the_choice_to_go_without_an_identifier(string? identifier)
    {
        var target = GoTarget.FromRuntimeIdentifier(identifier);

        Assert.Equal(new GoTarget(null, null), target);
        Assert.Equal(OperatingSystem.IsWindows(), target.IsWindows);
    }

    [Theory]
    [InlineData("any")]
    [InlineData("win10-x64")]
    [InlineData("Linux-x64")]
    [InlineData("browser-wasm")]
    [InlineData("linux/amd64")]
    public void Names_the_possible_ones_when_it_knows_none(string identifier)
    {
        var problem = Assert.Throws<DiagnosticException>(() => GoTarget.FromRuntimeIdentifier(identifier)).Diagnostic;

        Assert.Equal(DiagnosticCodes.RuntimeIdentifierUnsupported, problem.Code);
        Assert.Contains($"'{identifier}'", problem.Message, StringComparison.Ordinal);
        Assert.Contains("linux-musl-x64", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_only_what_go_can_build()
    {
        using var project = new GoProject();

        var known = (await project.GoAsync("tool", "dist", "list")).Split('\n');

        Assert.All(
            GoTarget.RuntimeIdentifiers.Select(GoTarget.FromRuntimeIdentifier),
            target => Assert.Contains($"{target.Goos}/{target.Goarch}", known));
    }
}
