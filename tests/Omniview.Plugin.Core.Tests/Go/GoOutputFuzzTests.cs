using System.Globalization;
using System.Text;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Output;
using Omniview.Plugin.Core.Go.Toolchain;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Tests.Go;

/// <summary>Output no Go would write.</summary>
public sealed class GoOutputFuzzTests
{
    private const int LinesOfOneRun = 2000;
    private const string Signs = ":\\/.\t \"{}[]()0123456789#\uD800\0é";

    /// <summary>With the variable OMNIVIEW_FUZZ_LINES, e.g. at 1000000, it takes more of them.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Survives_mutated_output(int seed) => Survive(seed);

    [Fact]
    public void Loses_no_line_it_does_not_understand()
    {
        var random = new Random(3);
        foreach (var name in GoOutputCase.Names())
        {
            using var output = new GoOutputCase(name);
            if (output.Command == GoCommand.Test
                || output.Lines.Any(line => line.EndsWith("<< 'EOF' # internal", StringComparison.Ordinal))
                || GoOutputCase.Expected(name).Any(line => line.Contains(" GO6002 ", StringComparison.Ordinal)))
            {
                continue; // tests print, and in a file that -x shows or between the frames of a panic anything may be
            }

            for (var run = 0; run < 10; run++)
            {
                List<string> lines = [.. output.Lines];
                var foreign = Enumerable.Range(0, 5).Select(n => $"zq{n}zq is no line of any tool").ToList();
                foreign.ForEach(line => lines.Insert(random.Next(lines.Count + 1), line));

                var parser = new GoOutputParser(output.Directory, output.Command);
                lines.ForEach(parser.Add);
                var found = parser.Finish(1);

                Assert.All(
                    foreign,
                    line =>
                        Assert.True(
                            found.Any(one =>
                                one.Message.Contains(line, StringComparison.Ordinal)
                                || one.Message.EndsWith("more lines, see the output of go", StringComparison.Ordinal)),
                            $"{name} hides {line}:\n{string.Join('\n', lines)}"));
            }
        }
    }

    private static void Survive(int seed)
    {
        var lines = int.Parse(
            Environment.GetEnvironmentVariable("OMNIVIEW_FUZZ_LINES") ?? "200000", CultureInfo.InvariantCulture) / 2;
        using var folder = new TempFolder();
        folder.Write("go.mod", "module example.com/p\n\ngo 1.24\n");
        folder.Write("pkg/main.go", "package main\n\nfunc main() {\n\tvar é = \"x\"\n}\n");
        var random = new Random(seed);
        var real = GoOutputCase.Names().SelectMany(name =>
        {
            using var output = new GoOutputCase(name);
            return output.Lines.Concat(output.AsEvents());
        }).ToList();

        for (var run = 0; run < lines / LinesOfOneRun; run++)
        {
            var parser = new GoOutputParser(folder.Path, (GoCommand)(run % 3));
            for (var i = 0; i < LinesOfOneRun; i++)
            {
                parser.Add(Mutate(real, random));
            }

            var found = parser.Finish(run % 2);

            Assert.InRange(found.Count, run % 2, 1002);
            Assert.All(found, one => Assert.InRange(one.Message.Length, 1, 64 * 1024));
            Assert.All(
                found,
                one =>
                    Assert.True(
                        one.Line >= 0
                            && one.Column >= 0
                            && (one.EndColumn == 0 || one.EndLine > one.Line || one.EndColumn > one.Column),
                        one.ToString()));
        }
    }

    [Fact]
    public void Keeps_a_thousand_of_very_many_problems_and_counts_the_rest()
    {
        var parser = new GoOutputParser(Path.GetTempPath());
        parser.Add("# example.com/p");
        for (var i = 0; i < 100_000; i++)
        {
            parser.Add($"a.go:{i + 1}:2: undefined: x{i}");
        }

        var found = parser.Finish(1);

        Assert.Equal(1001, found.Count);
        Assert.Equal(Diagnostic.Error("GO0006", "and 99000 more: see the output of go."), found[^1]);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("a.go:1:2: ", "")]
    [InlineData("{\"ImportPath\":\"p\",\"Action\":\"build-output\",\"Output\":\"a.go:1:2: ", "\\n\"}")]
    [InlineData("package ", ": x")]
    [InlineData("\t", ":1:2: x")]
    public void Takes_a_line_of_ten_mebibytes(string before, string after)
    {
        var parser = new GoOutputParser(Path.GetTempPath());
        var splitter = new LineSplitter(isError: true, line => parser.Add(line.Text));
        splitter.Feed(Encoding.UTF8.GetBytes(before));
        var piece = Encoding.UTF8.GetBytes(new string('x', 1024 * 1024));
        for (var i = 0; i < 10; i++)
        {
            splitter.Feed(piece);
        }

        splitter.Feed(Encoding.UTF8.GetBytes(after + "\na.go:3:4: y\n"));
        parser.Add(before + new string('x', 10 * 1024 * 1024) + after);
        var found = parser.Finish(1);

        Assert.Contains(found, one => one is { Line: 3, Column: 4 } && one.Message[0] == 'y');
        Assert.All(found, one => Assert.InRange(one.Message.Length, 1, 64 * 1024));
    }

    [Fact]
    public void Takes_bytes_that_are_not_utf8()
    {
        var parser = new GoOutputParser(Path.GetTempPath());
        var splitter = new LineSplitter(isError: true, line => parser.Add(line.Text));

        splitter.Feed([.. "pkg/\u00e9"u8, 0xFF, 0xC3, .. ".go:3:4: bad "u8, 0xFE, (byte)'\n']);

        var one = Assert.Single(parser.Finish(1));
        Assert.Equal((3, 4, "bad \uFFFD"), (one.Line, one.Column, one.Message));
    }

    private static string Mutate(List<string> real, Random random)
    {
        var line = real[random.Next(real.Count)];
        switch (random.Next(9))
        {
            case 0:
                return line;
            case 1:
                return line[..random.Next(line.Length + 1)];
            case 2:
                return line[random.Next(line.Length + 1)..];
            case 3:
                return string.Concat(Enumerable.Repeat(line, random.Next(1, 20)));
            case 4:
                return "\t" + line;
            case 5:
                return line + real[random.Next(real.Count)];
            case 6:
                return line.Replace(":", random.Next(2) == 0 ? "" : "::", StringComparison.Ordinal);
            case 7:
                return new string([.. Enumerable.Range(0, random.Next(200)).Select(_ => (char)random.Next(1, 0x2FF))]);
            default:
                var text = new StringBuilder(line);
                for (var i = random.Next(1, 6); i > 0 && text.Length > 0; i--)
                {
                    text[random.Next(text.Length)] = Signs[random.Next(Signs.Length)];
                }

                return text.ToString();
        }
    }
}
