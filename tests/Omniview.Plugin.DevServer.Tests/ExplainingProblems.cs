using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.DevServer.Tests.Infra;

namespace Omniview.Plugin.DevServer.Tests;

/// <summary>The way from a code to its page.</summary>
public sealed class ExplainingProblems
{
    private static readonly string Pages = Path.Combine(Repository.Root, "docs", "diagnostics");

    public static TheoryData<string> Codes =>
        [
            .. Directory
                .GetFiles(Pages, "*.md")
                .Select(file => Path.GetFileNameWithoutExtension(file)!)
                .Where(code => code != "README"),
        ];

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Every_code_has_its_page_here(string code)
    {
        var (exitCode, output, _) = await TypedCommand.RunAsync(["explain", code.ToLowerInvariant(), "--json"]);

        var answer = CliSchema.Check("explain", output);
        Assert.Equal(
            (0, code, HelpPages.For(code)),
            (exitCode, answer.GetProperty("code").GetString(), answer.GetProperty("helpLink").GetString()));
        Assert.Equal(
            await File.ReadAllTextAsync(Path.Combine(Pages, $"{code}.md"), TestContext.Current.CancellationToken),
            answer.GetProperty("page").GetString());
    }

    [Fact]
    public async Task On_a_terminal_links_between_the_pages_are_their_text()
    {
        var (_, output, _) = await TypedCommand.RunAsync(["explain", "OVP3015"]);

        Assert.StartsWith("# OVP3015: the plugin is not served\n", output, StringComparison.Ordinal);
        Assert.EndsWith("Related: OVP3016, the command line.\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TS2304", "TS2304", "/TS.md")]
    [InlineData("GO7075", "GO7075", "https://pkg.go.dev/internal/types/errors#UndeclaredName")]
    public async Task Codes_of_other_tools_lead_to_where_they_are_explained(string typed, string code, string link)
    {
        var answer = CliSchema.Check("explain", (await TypedCommand.RunAsync(["explain", typed, "--json"])).Output);

        Assert.Equal(code, answer.GetProperty("code").GetString());
        Assert.EndsWith(link, answer.GetProperty("helpLink").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OVP101O", "OVP1010")]
    [InlineData("OPV3015", "OVP3015")]
    [InlineData("GO000", "GO0001")]
    public async Task For_one_that_is_not_there_the_nearest_are_named(string typed, string nearest)
    {
        var (exitCode, output, errors) = await TypedCommand.RunAsync(["explain", typed]);
        var failure = CliSchema.Check("failure", (await TypedCommand.RunAsync(["explain", typed, "--json"])).Output);

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains(
            $"error OVP3050: There is no code '{typed}'. The nearest are {nearest}, ",
            errors,
            StringComparison.Ordinal);
        Assert.Equal(
            (2, DiagnosticCodes.CodeUnknown),
            (failure.GetProperty("exitCode").GetInt32(), failure.GetProperty("error").GetProperty("code").GetString()));
    }
}
