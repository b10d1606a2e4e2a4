using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Testing;

namespace Omniview.Plugin.Core.Tests.Testing;

public sealed class TestFilterTests
{
    [Theory]
    [InlineData("TestGreet", "TestGreet", null)]
    [InlineData("FullyQualifiedName~Greet", "Greet", null)]
    [InlineData("fullyqualifiedname = TestGreet", "^TestGreet$", null)]
    [InlineData("Name=TestGreet/an empty name", "^TestGreet$/^an_empty_name$", null)]
    [InlineData("FullyQualifiedName=example.com/my.plugin/pkg.TestGreet/a.b", "^TestGreet$/^a\\.b$", null)]
    [InlineData("FullyQualifiedName~pkg.TestGreet", "TestGreet", null)]
    [InlineData("TestA|DisplayName=TestB", "TestA|^TestB$", null)]
    [InlineData("TestA&Name!~Slow&Name!=TestAb", "TestA", "Slow|^TestAb$")]
    [InlineData("Name!~Slow", null, "Slow")]
    [InlineData("Category!=Slow", null, null)]
    [InlineData("TestA|Category=Unit", "TestA", null)]
    [InlineData("TestA&Category!=Slow", "TestA", null)]
    [InlineData("TestA|Priority!=1", null, null)]
    [InlineData(@"Test\(A\)+", @"Test\(A\)\+", null)]
    public void Is_told_in_the_words_of_go_test(string filter, string? run, string? skip) =>
        Assert.Equal(new TestFilter(run, skip, false), TestFilter.Parse(filter));

    [Theory]
    [InlineData("Category=Unit")]
    [InlineData("TestA&Priority=1")]
    [InlineData("ClassName~X|Category=Unit")]
    public void Matches_no_Go_test_by_a_property_Go_tests_do_not_have(string filter) =>
        Assert.True(TestFilter.Parse(filter).IsEmpty);

    [Theory]
    [InlineData("(TestA|TestB)&TestC")]
    [InlineData("TestA&TestB")]
    [InlineData("TestA|Name!=TestB")]
    [InlineData("TestA|")]
    public void Is_refused_when_go_test_can_not_do_it(string filter)
    {
        var problem = Assert.Throws<DiagnosticException>(() => TestFilter.Parse(filter)).Diagnostic;

        Assert.Equal(DiagnosticCodes.TestFilterUnusable, problem.Code);
        Assert.Contains($"'{filter}'", problem.Message, StringComparison.Ordinal);
    }
}
