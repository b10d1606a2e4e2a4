using System.Globalization;
using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Output;

namespace Omniview.Plugin.Core.Tests.Go;

/// <summary>The numbers of type errors are those of the toolchain's own source.</summary>
public sealed partial class GoTypeErrorsTests : IDisposable
{
    private static readonly string Numbers = Path.Combine(
        Repository.Root, "src", "Omniview.Plugin.Core", "Go", "Output", "type-errors.txt");

    private static readonly string Page = Path.Combine(
        Repository.Root, "docs", "diagnostics", $"{GoTypeErrors.Page}.md");

    private readonly GoProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public async Task Numbers_and_table_are_those_of_the_toolchain()
    {
        var root = (await _project.GoAsync("env", "GOROOT")).Trim();
        var codes = Read(await File.ReadAllTextAsync(
            Path.Combine(root, "src", "internal", "types", "errors", "codes.go"), GoProject.Cancellation));
        Assert.Contains((75, "UndeclaredName"), codes); // that the source was understood
        var numbers = codes.Select(one => $"{one.Number} {one.Name}").ToList();
        var rows = codes.OrderBy(one => one.Number).Select(one =>
            $"| {GoTypeErrors.CodeOf(one.Name) ?? "?"} | [{one.Name}]({HelpPages.ForGo(one.Name)}) |").ToList();
        if (Environment.GetEnvironmentVariable("OVP_UPDATE") is not null) // how both are made; build and run it twice
        {
            await File.WriteAllLinesAsync(Numbers, numbers, GoProject.Cancellation);
            await File.WriteAllLinesAsync(Page, [.. Before(), .. rows], GoProject.Cancellation);
        }

        Assert.Equal(numbers, await File.ReadAllLinesAsync(Numbers, GoProject.Cancellation));
        Assert.Equal(rows, File.ReadLines(Page).Where(IsRow));
    }

    [Fact]
    public void A_name_is_told_with_its_number_its_text_and_its_page()
    {
        var named = GoTypeErrors.Named(ParsedGoOutput.Problem("undefined: x"), "UndeclaredName");

        Assert.Equal(
            ("GO7075", "undefined: x [UndeclaredName]", "https://pkg.go.dev/internal/types/errors#UndeclaredName"),
            (named.Code, named.Message, named.HelpLink));
        Assert.Equal(("undefined: x", "UndeclaredName"), (GoTypeErrors.TextOf(named), GoTypeErrors.NameOf("GO7075")));
    }

    private static IEnumerable<string> Before() => File.ReadAllLines(Page).TakeWhile(line => !IsRow(line));

    private static bool IsRow(string line) => line.StartsWith($"| {GoTypeErrors.Page}", StringComparison.Ordinal);

    /// <summary>The constants, each with the number that Go's iota gives it.</summary>
    private static List<(int Number, string Name)> Read(string source)
    {
        List<(int, string)> codes = [];
        foreach (Match block in Block().Matches(source))
        {
            var next = -1; // before iota
            foreach (var line in block.Groups["lines"].Value.Split('\n').Select(line => line.Split("//")[0].Trim()))
            {
                if (Constant().Match(line) is not { Success: true } constant)
                {
                    continue;
                }

                if (constant.Groups["number"].Success)
                {
                    codes.Add((
                        int.Parse(constant.Groups["number"].Value, CultureInfo.InvariantCulture),
                        constant.Groups["name"].Value));
                }
                else if (++next > 0 && constant.Groups["name"].Value != "_")
                {
                    codes.Add((next, constant.Groups["name"].Value));
                }
            }
        }

        return codes;
    }

    [GeneratedRegex(@"^const \(\n(?<lines>.*?)^\)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^(?<name>\w+)(?: Code)?(?: = (?:iota|(?<number>-?[0-9]+)))?$")]
    private static partial Regex Constant();
}
