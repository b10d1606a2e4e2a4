using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.State;

namespace Omniview.Plugin.Core.Tests.State;

public sealed class StateDirectoryTests
{
    private static readonly string Home = Path.Combine(Path.GetTempPath(), "home of someone");

    public static TheoryData<string?, string?, string> Rows =>
        new()
        {
            { null, null, Path.Combine(Home, ".omniview") },
            { "", "   ", Path.Combine(Home, ".omniview") },
            { null, Path.GetTempPath() + "from-variable", Path.Combine(Path.GetTempPath(), "from-variable") },
            {
                Path.GetTempPath() + "from-property",
                Path.GetTempPath() + "from-variable",
                Path.Combine(Path.GetTempPath(), "from-property")
            },
            { "~", null, Home },
            { "~/my state", null, Path.Combine(Home, "my state") },
            { @"~\state", null, Path.Combine(Home, "state") },
            { null, "~/from-variable", Path.Combine(Home, "from-variable") },
            {
                Path.Combine(Path.GetTempPath(), "a", ".", "b", "..", "c") + Path.DirectorySeparatorChar,
                null,
                Path.Combine(Path.GetTempPath(), "a", "c")
            },
        };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Takes_the_property_then_the_variable_then_the_home(string? property, string? variable, string expected)
    {
        Assert.Equal(expected, StateDirectory.Resolve(property, Environment(variable), Home));
    }

    [Theory]
    [InlineData("state", null, "property OmniviewStateDir")]
    [InlineData("./state", "/ignored", "property OmniviewStateDir")]
    [InlineData(null, "../state", "environment variable OMNIVIEW_STATE_DIR")]
    [InlineData(null, "~someone/state", "environment variable OMNIVIEW_STATE_DIR")]
    public void Refuses_a_relative_path_and_says_where_it_comes_from(string? property, string? variable, string source)
    {
        var problem = Assert.Throws<DiagnosticException>(
            () => StateDirectory.Resolve(property, Environment(variable), Home)).Diagnostic;

        Assert.Equal("OVP4001", problem.Code);
        Assert.Contains(source, problem.Message, StringComparison.Ordinal);
        Assert.Contains($"'{property ?? variable}'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_the_default_when_there_is_no_home()
    {
        Assert.Equal(
            "OVP4001",
            Assert.Throws<DiagnosticException>(() => StateDirectory.Resolve(null, _ => null, "")).Diagnostic.Code);
    }

    [Fact]
    public void Looks_at_the_real_environment_by_default()
    {
        Assert.True(Path.IsPathFullyQualified(StateDirectory.Resolve(null)));
    }

    private static Func<string, string?> Environment(string? value) =>
        name => name == "OMNIVIEW_STATE_DIR" ? value : null;
}
