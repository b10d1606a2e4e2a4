using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Diagnostics.Sarif;

namespace Omniview.Plugin.Core.Tests.Diagnostics.Sarif;

public sealed class ErrorLogPropertyTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("  ", null)]
    [InlineData(",version=2.1", null)]
    [InlineData("a.sarif", "/p/a.sarif")]
    [InlineData("obj/a,b.sarif", "/p/obj/a,b.sarif")]
    [InlineData("a.sarif,version=2.1", "/p/a.sarif")]
    [InlineData("a.sarif;version=2", "/p/a.sarif")]
    [InlineData("a.sarif, Version = 2.1.0 ", "/p/a.sarif")]
    [InlineData("/out/a b.sarif", "/out/a b.sarif")]
    [InlineData("x,version=1/a.sarif", "/p/x,version=1/a.sarif")]
    public void It_is_a_path_from_the_project_and_perhaps_a_version(string property, string? expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the paths are those of Unix");

        Assert.Equal(expected, ErrorLogProperty.Path(property, "/p"));
    }

    [Theory]
    [InlineData("a.sarif,version=1")]
    [InlineData("a.sarif,version=")]
    [InlineData("a.sarif;version=3.0")]
    public void Another_version_is_OVP1019(string property)
    {
        var problem = Assert.Throws<DiagnosticException>(() => ErrorLogProperty.Path(property, "/p"));

        Assert.Equal(DiagnosticCodes.ErrorLogNotWritten, problem.Diagnostic.Code);
    }
}
