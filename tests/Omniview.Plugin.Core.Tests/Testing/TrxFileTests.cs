using System.Xml.Linq;
using Omniview.Plugin.Core.Testing;

namespace Omniview.Plugin.Core.Tests.Testing;

public sealed class TrxFileTests : IDisposable
{
    private static readonly DateTime Now = new(2026, 11, 20, 13, 5, 9, DateTimeKind.Utc);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("console;verbosity=detailed", "", null)]
    [InlineData("trx", "", "my-plugin_2026-11-20_13_05_09.trx")]
    [InlineData("trx", ".ui", "my-plugin_2026-11-20_13_05_09.ui.trx")]
    [InlineData("TRX;LogFilePrefix=ci", "", "ci_2026-11-20_13_05_09.trx")]
    [InlineData("trx; logfilename=go.trx", ".ui", "go.ui.trx")]
    public void Is_where_the_logger_wants_it(string logger, string suffix, string? expected) =>
        Assert.Equal(
            expected is null ? null : _folder[expected],
            TrxFile.PathFor(["html", logger], _folder.Path, "my-plugin", suffix, Now));

    [Fact]
    public void Says_how_each_test_ended()
    {
        TestOutcome[] tests =
        [
            new("example.com/p", "TestGood", TestStatus.Passed, TimeSpan.FromSeconds(1.5), ""),
            new(
                "example.com/p", "TestBad/sub", TestStatus.Failed, TimeSpan.Zero,
                "x_test.go:7: got \u001b[31m<no> 😀"),
            new("example.com/p", "TestLater", TestStatus.Skipped, TimeSpan.Zero, "not today"),
        ];

        TrxFile.Write(_folder["results/a.trx"], "my-plugin", Now, Now.AddSeconds(2), tests);

        var run = XDocument.Parse(File.ReadAllText(_folder["results/a.trx"])).Root!;
        var ns = run.Name.Namespace;
        var results = run.Descendants(ns + "UnitTestResult").ToList();
        Assert.Equal(
            ["TestGood Passed 00:00:01.5000000", "TestBad/sub Failed 00:00:00", "TestLater NotExecuted 00:00:00"],
            results.Select(one => $"{one.Attribute("testName")!.Value} {one.Attribute("outcome")!.Value} " +
                $"{one.Attribute("duration")!.Value}"));
        Assert.Equal("x_test.go:7: got \uFFFD[31m<no> 😀", results[1].Descendants(ns + "Message").Single().Value);
        Assert.Equal(("3", "2", "1", "1"), Counters("total", "executed", "passed", "failed"));
        Assert.Equal("Failed", run.Element(ns + "ResultSummary")!.Attribute("outcome")!.Value);
        foreach (var result in results)
        {
            var definition = run.Descendants(ns + "UnitTest").Single(
                one => one.Attribute("id")!.Value == result.Attribute("testId")!.Value);
            Assert.Equal("example.com/p", definition.Element(ns + "TestMethod")!.Attribute("className")!.Value);
            Assert.Equal(
                result.Attribute("executionId")!.Value, definition.Element(ns + "Execution")!.Attribute("id")!.Value);
        }

        (string, string, string, string) Counters(string a, string b, string c, string d)
        {
            string Of(string name) => run.Descendants(ns + "Counters").Single().Attribute(name)!.Value;
            return (Of(a), Of(b), Of(c), Of(d));
        }
    }
}
