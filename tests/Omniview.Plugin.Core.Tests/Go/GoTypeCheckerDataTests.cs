using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Commands;
using Omniview.Plugin.Core.Go.Output;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Tests.Go;

/// <summary>
/// The test data of Go's own type checker, each file a package, through the real toolchain and the reader: every
/// position that go prints is one diagnostic, once, with the code of the name that the compiler gives it.
/// </summary>
public sealed partial class GoTypeCheckerDataTests(ITestOutputHelper log) : IDisposable
{
    private readonly GoProject _project = new();
    private readonly Dictionary<string, string[]> _sources = [];

    public void Dispose() => _project.Dispose();

    [Fact]
    public async Task Every_position_is_one_diagnostic_with_its_code()
    {
        var files = await WriteAsync();
        Assert.True(files > 300, $"{files} files");

        // The go command does not build anything while it can not load something.
        var unloaded = await BuildAsync("-e");
        var positions = unloaded.Sum(package => Check(package.Value, out _, out _));
        foreach (var file in unloaded.SelectMany(package => Printed(package.Value)).Select(one => one.File).Distinct())
        {
            File.Delete(file);
        }

        var (plain, asked) = (await BuildAsync("-e"), await BuildAsync("-e -errorurl"));
        Assert.Equal(asked.Keys.Order(), plain.Keys.Order());
        Assert.True(asked.Count > 200, $"{asked.Count} packages");
        var (named, byText) = (0, 0);
        foreach (var (package, events) in asked)
        {
            positions += Check(events, out var answers, out var names);
            named += names;
            Check(plain[package], out var found, out _);
            Assert.Equal(Shown(answers), Shown(GoErrorNames.Merge(found, answers)));
            byText += AssertSameCodes(found, answers);
        }

        log.WriteLine(
            $"{files} files, {positions} positions, each one diagnostic; the compiler names {named}, "
                + $"the reader {byText} by their text alone");
    }

    /// <summary>What the reader makes of a package's events is what go printed; how many positions that is.</summary>
    private int Check(IReadOnlyList<string> events, out IReadOnlyList<Diagnostic> diagnostics, out int named)
    {
        var parser = new GoOutputParser(_project.Path);
        foreach (var line in events)
        {
            parser.Add(line);
        }

        diagnostics = parser.Finish(1);
        var printed = Printed(events).DistinctBy(one => one with { Name = null }).ToList();
        named = printed.Count(one => one.Name is not null);
        Assert.Equal(
            printed.Select(one => $"{one.File}:{one.Line}:{Column(one)}: {one.Text}").Order(StringComparer.Ordinal),
            diagnostics
                .Select(one => $"{one.File}:{one.Line}:{one.Column}: {GoTypeErrors.TextOf(one).Split('\n')[0]}")
                .Order(StringComparer.Ordinal));
        foreach (var one in printed)
        {
            var code = diagnostics.First(diagnostic => diagnostic.Line == one.Line && diagnostic.Column == Column(one)
                && GoTypeErrors.TextOf(diagnostic).Split('\n')[0] == one.Text).Code;
            if (one.Name is not null)
            {
                Assert.Equal((one, GoTypeErrors.CodeOf(one.Name)), (one, code));
            }
            else if (events.Any(line => line.Contains("[go.dev/e/", StringComparison.Ordinal)))
            {
                Assert.NotEqual((one, GoProblemKind.Compiler.Code), (one, code));
            }
        }

        return printed.Count;
    }

    /// <summary>A code that is told by the text alone is that of the name; how many are.</summary>
    private static int AssertSameCodes(IReadOnlyList<Diagnostic> found, IReadOnlyList<Diagnostic> answers)
    {
        var told = found.Where(one => one.Code != GoProblemKind.Compiler.Code).ToList();
        Assert.Equal([], Shown(told).Except(Shown(answers)));
        return told.Count(one => GoTypeErrors.NameOf(one.Code) is not null);
    }

    private static IEnumerable<string> Shown(IEnumerable<Diagnostic> diagnostics) =>
        diagnostics.Select(one => $"{one.File}:{one.Line}:{one.Column}: {one.Code}: {one.Message}");

    /// <summary>The column as editors count it, of one in bytes.</summary>
    private int Column(Position position)
    {
        if (!_sources.TryGetValue(position.File, out var lines))
        {
            _sources[position.File] = lines = File.ReadAllText(position.File).Split('\n');
        }

        var bytes = Encoding.UTF8.GetBytes(lines[position.Line - 1]);
        return Encoding.UTF8.GetString(bytes, 0, Math.Min(position.Column - 1, bytes.Length)).Length + 1;
    }

    /// <summary>The lines of go that begin with a position; those below that belong to one are indented.</summary>
    private IEnumerable<Position> Printed(IEnumerable<string> events) =>
        from line in events
        from text in JsonDocument.Parse(line).RootElement.TryGetProperty("Output", out var output)
            ? output.GetString()!.Split('\n')
            : []
        let match = Placed().Match(text)
        where match.Success
        select new Position(
            _project[match.Groups["file"].Value],
            int.Parse(match.Groups["line"].ValueSpan),
            int.Parse(match.Groups["column"].ValueSpan),
            (match.Groups["text"].Value + match.Groups["more"].Value).TrimEnd(),
            match.Groups["name"] is { Success: true } name ? name.Value : null);

    /// <summary>What go says of each package it can not build, as events.</summary>
    private async Task<Dictionary<string, List<string>>> BuildAsync(string flags)
    {
        List<string> lines = [];
        var spec = new ProcessSpec(
            (await _project.RequestAsync()).Toolchain.Executable,
            ["build", "-json", $"-gcflags={flags}", "-o", "/dev/null", "./..."],
            _project.Path);
        await ToolRunner.RunAsync(spec, line => lines.Add(line.Text), GoProject.Cancellation);
        return lines
            .Where(line => line.StartsWith('{'))
            .GroupBy(line => JsonDocument.Parse(line).RootElement.GetProperty("ImportPath").GetString()!)
            .ToDictionary(package => package.Key, package => package.ToList());
    }

    private async Task<int> WriteAsync()
    {
        var root = (await _project.GoAsync("env", "GOROOT")).Trim();
        var data = Path.Combine(root, "src", "internal", "types", "testdata");
        _project.Write("go.mod", "module example.com/p\n\ngo 1.27\n");
        var files = Directory.GetFiles(data, "*.go", SearchOption.AllDirectories);
        foreach (var file in files)
        {
            _project.Write(
                Path.Combine(Path.ChangeExtension(Path.GetRelativePath(data, file), null), "x.go"),
                await File.ReadAllTextAsync(file, GoProject.Cancellation));
        }

        return files.Length;
    }

    private sealed record Position(string File, int Line, int Column, string Text, string? Name);

    [GeneratedRegex(
        @"^(?<file>\S[^:]+\.go):(?<line>[0-9]+):(?<column>[0-9]+): (?<text>.+?)"
            + @"(?: \[go\.dev/e/(?<name>\w+)\](?<more>.*))?$")]
    private static partial Regex Placed();
}
