using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Output;
using Omniview.Plugin.Core.Go.Toolchain;

namespace Omniview.Plugin.Core.Tests.Go;

/// <summary>
/// What a real Go wrote, with the sources that made it write that: one file under Outputs, each part below a line
/// <c>-- name --</c>. In one file, since some sources have names that not every system can hold.
/// </summary>
internal sealed partial class GoOutputCase : IDisposable
{
    private const string Home = "/home/dev/"; // what the folder of the sources was called

    private const string Unc = "133-DERIVED-windows-unc"; // how a path of Windows is read elsewhere

    private readonly TempFolder _folder = new();

    public GoOutputCase(string name)
    {
        Name = name;
        foreach (var (part, text) in Parts(File.ReadAllText(Path.Combine(Outputs(), name + ".txt"))))
        {
            switch (part)
            {
                case "cmd":
                    ExitCode = int.Parse(Value(text, "exit: ") ?? "1", CultureInfo.InvariantCulture);
                    Directory = Value(text, "cwd: src/") is { } folder ? _folder[folder] : _folder["plugin"];
                    Command = text.Contains("cmd: go vet", StringComparison.Ordinal) ? GoCommand.Vet
                        : text.Contains("cmd: go test", StringComparison.Ordinal) ? GoCommand.Test
                        : GoCommand.Build;
                    break;
                case "output":
                    Assert.SkipWhen(
                        OperatingSystem.IsWindows() && (text.Contains(Home, StringComparison.Ordinal) || name == Unc),
                        "go printed whole paths, which another system reads in another way");
                    Lines = text.Replace(Home, _folder.Path + "/", StringComparison.Ordinal).TrimEnd('\n').Split('\n');
                    break;
                default:
                    Assert.StartsWith("src/", part, StringComparison.Ordinal);
                    Assert.SkipWhen(
                        OperatingSystem.IsWindows() && part.Contains(':', StringComparison.Ordinal),
                        "a file name Windows can not hold");
                    _folder.Write(
                        part["src/".Length..], text.Replace(Home, _folder.Path + "/", StringComparison.Ordinal));
                    break;
            }
        }
    }

    public string Name { get; }

    public int ExitCode { get; }

    public string Directory { get; } = "";

    public GoCommand Command { get; }

    public IReadOnlyList<string> Lines { get; } = [];

    public static IEnumerable<string> Names() =>
        System.IO.Directory.EnumerateFiles(Outputs(), "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)!)
        .Order(StringComparer.Ordinal);

    /// <summary>The lines of a case in the tables under Expected.</summary>
    public static IReadOnlyList<string> Expected(string name)
    {
        var table = System.IO.Directory.EnumerateFiles(Path.Combine(Outputs(), "..", "Expected"))
            .SelectMany(File.ReadLines).ToList();
        var start = table.IndexOf(name);
        Assert.True(start >= 0, $"no table under Expected has {name}");
        return
        [
            .. table
                .Skip(start + 1)
                .TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal))
                .Select(line => line[2..]),
        ];
    }

    public IReadOnlyList<Diagnostic> Parse(IEnumerable<string> lines)
    {
        var parser = new GoOutputParser(Directory, Command);
        foreach (var line in lines)
        {
            parser.Add(line);
        }

        return parser.Finish(ExitCode);
    }

    /// <summary>The same lines as go build -json would write them.</summary>
    public IEnumerable<string> AsEvents()
    {
        var package = "?";
        var isQuoted = false; // in a raw string; around a name, a linker puts a backquote and an apostrophe
        foreach (var line in Lines)
        {
            var isOdd = line.Count(one => one == '`') % 2 == 1;
            isQuoted ^= isOdd && !line.Contains('\'', StringComparison.Ordinal);
            package = !isQuoted && Header().Match(line) is { Success: true } header ? header.Groups[1].Value : package;
            yield return line.StartsWith('{')
                ? line
                : JsonSerializer.Serialize(
                    new Dictionary<string, string>
                    {
                        ["ImportPath"] = package,
                        ["Action"] = "build-output",
                        ["Output"] = line + "\n",
                    });
        }
    }

    /// <summary>A diagnostic on a line: paths relative to the sources, <c>file(line,column-endColumn)</c>.</summary>
    public string Show(Diagnostic diagnostic)
    {
        var column = diagnostic.Column == 0 ? "" : "," + diagnostic.Column;
        var end = diagnostic.EndColumn == 0 ? "" : "-" + diagnostic.EndColumn;
        var place = diagnostic.Line == 0 ? "" : $"({diagnostic.Line}{column}{end})";
        var related = string.Concat(
            diagnostic.Related.Select(one => $" <{Relative(one.File)}({one.Line},{one.Column})>"));
        var message = diagnostic.Message
            .Replace(_folder.Path + Path.DirectorySeparatorChar, "~/", StringComparison.Ordinal)
            .Replace(_folder.Path, "~", StringComparison.Ordinal)
            .Replace("\n", "⏎", StringComparison.Ordinal);
        return $"{diagnostic.Severity.ToString().ToLowerInvariant()} {diagnostic.Code} "
            + $"{Relative(diagnostic.File)}{place}: {message}{related}";
    }

    public void Dispose() => _folder.Dispose();

    private string Relative(string? file) =>
        file is null
        ? "-"
        : file.Replace(_folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)
        .Replace(Path.DirectorySeparatorChar, '/');

    private static string? Value(string text, string name) =>
        text.Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?[name.Length..];

    private static IEnumerable<(string Name, string Text)> Parts(string text)
    {
        string? name = null;
        var lines = new List<string>();
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            if (line.StartsWith("-- ", StringComparison.Ordinal) && line.EndsWith(" --", StringComparison.Ordinal))
            {
                if (name is not null)
                {
                    yield return (name, string.Concat(lines.Select(one => one + "\n")));
                }

                (name, lines) = (line[3..^3], []);
            }
            else
            {
                lines.Add(line);
            }
        }

        yield return (name!, string.Concat(lines.Select(one => one + "\n")));
    }

    [GeneratedRegex(@"^# ([^\s\[]\S*(?: \[\S+\])?)$")]
    private static partial Regex Header();

    private static string Outputs() => Path.Combine(
        Repository.Root, "tests", "Omniview.Plugin.Core.Tests", "Go", "Outputs");
}
