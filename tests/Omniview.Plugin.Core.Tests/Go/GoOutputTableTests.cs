using Omniview.Plugin.Core.Go.Toolchain;

namespace Omniview.Plugin.Core.Tests.Go;

/// <summary>Real outputs, and exactly the diagnostics they must give: none lost, none doubled, none invented.</summary>
public sealed class GoOutputTableTests
{
    public static TheoryData<string> Names => [.. GoOutputCase.Names()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Says_exactly_this(string name)
    {
        using var output = new GoOutputCase(name);

        Assert.Equal(GoOutputCase.Expected(name), output.Parse(output.Lines).Select(output.Show));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Says_the_same_of_events(string name)
    {
        using var output = new GoOutputCase(name);
        if (output.Command != GoCommand.Build)
        {
            return; // go vet has no such events, and those of go test are cases of their own
        }

        Assert.Equal(GoOutputCase.Expected(name), output.Parse(output.AsEvents()).Select(output.Show));
    }

    [Theory]
    [InlineData("270-test-failures", "272-test-failures-json", "TestOut", "TestFailOnly")]
    [InlineData("271-test-failures-verbose", "272-test-failures-json")]
    [InlineData("273-test-panic", "274-test-panic-json")]
    [InlineData("277-test-vet", "278-test-vet-json")]
    [InlineData("279-test-race", "280-test-race-json")]
    [InlineData("282-test-missing-import", "283-test-missing-import-json")]
    [InlineData("204-cgo-undefined-in-c", "205-cgo-undefined-in-c-json")]
    public void Says_the_same_of_a_run_in_text_and_in_json(
        string text, string json, params string[] whosePrintsTextDoesNotTell)
    {
        Assert.Equal(Comparable(json), Comparable(text));

        IEnumerable<string> Comparable(string name) =>
            GoOutputCase
                .Expected(name)
                .Select(line =>
                    whosePrintsTextDoesNotTell.Any(test => line.Contains($" {test} failed", StringComparison.Ordinal))
                        ? line.Split('⏎')[0]
                        : line);
    }
}
