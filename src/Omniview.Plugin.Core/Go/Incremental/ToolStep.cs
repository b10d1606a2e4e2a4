using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Go.Incremental;

/// <summary>One run of the compiler or the linker, as the go command does it.</summary>
internal sealed record ToolStep
{
    private const string Work = "$WORK"; // how Go shows its temporary folder

    /// <summary>The import path of what it makes.</summary>
    public required string Package { get; init; }

    /// <summary>Absolute path of the folder it runs in.</summary>
    public required string Directory { get; init; }

    public required string Executable { get; init; }

    /// <summary>All arguments that are the same each time, the sources among them.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    public required IReadOnlyDictionary<string, string?> Environment { get; init; }

    public required ImportConfig Imports { get; init; }

    /// <summary>Whether this run makes all of it: no cgo, no assembler, nothing embedded, no profile.</summary>
    public required bool IsAll { get; init; }

    /// <summary>Absolute paths of the Go files it reads.</summary>
    public IEnumerable<string> Sources => Arguments.Where(IsSource);

    /// <param name="package">Import path of what it makes.</param>
    /// <param name="directory">Where it runs.</param>
    /// <param name="command">As shown.</param>
    /// <param name="imports">Of its <c>-importcfg</c>.</param>
    /// <param name="isAlone">Whether no other tool works for the package.</param>
    public static ToolStep From(
        string package, string directory, ShownCommand command, ImportConfig imports, bool isAlone)
    {
        List<string> arguments = [];
        var words = command.Words;
        // what the linker begins with, its last word, is in the folder too
        var count = command.Tool == "link" ? words.Count - 1 : words.Count;
        for (var at = 1; at < count; at++)
        {
            if (words[at] is "-o" or "-importcfg" or "-buildid")
            {
                at++;
            }
            else if (words[at] == "-trimpath" && at + 1 < count)
            {
                var others = words[++at].Split(';').Where(
                    rewrite => !rewrite.StartsWith(Work, StringComparison.Ordinal)).ToList();
                arguments.AddRange(others.Count == 0 ? [] : ["-trimpath", string.Join(';', others)]);
            }
            else if (!words[at].StartsWith("-buildid=", StringComparison.Ordinal))
            {
                // as Go passes it on: it shows it shorter
                arguments.Add(IsSource(words[at]) ? Path.GetFullPath(words[at], directory) : words[at]);
            }
        }

        return new ToolStep
        {
            Package = package,
            Directory = directory,
            Executable = words[0],
            Arguments = arguments,
            Environment = command.Environment,
            Imports = imports,
            IsAll = isAlone
                && !arguments.Any(word => word.Contains(Work, StringComparison.Ordinal) || word.StartsWith('@')),
        };
    }

    /// <summary>The run.</summary>
    /// <param name="output">Absolute path of the file to make.</param>
    /// <param name="importConfig">Absolute path of the file with <see cref="Imports"/>.</param>
    /// <param name="buildId">What the file is to say it is.</param>
    /// <param name="environment">The variables the go command gives to its tools.</param>
    /// <param name="flags">Further flags for this time.</param>
    /// <param name="main">For the linker: absolute path of the archive with package main.</param>
    public ProcessSpec Run(
        string output,
        string importConfig,
        string buildId,
        IReadOnlyDictionary<string, string?> environment,
        IEnumerable<string> flags,
        string? main = null)
    {
        var own = new Dictionary<string, string?>(environment, StringComparer.Ordinal);
        foreach (var (name, value) in Environment)
        {
            own[name] = value;
        }

        if (!OperatingSystem.IsWindows())
        {
            own["PWD"] = Directory; // by this name, of several the folder may have, a program knows its sources
        }

        return new ProcessSpec(
            Executable,
            [
                "-o",
                output,
                "-importcfg",
                importConfig,
                "-buildid",
                buildId,
                .. flags,
                .. Arguments,
                .. main is null ? [] : new[] { main },
            ],
            Directory)
        {
            Environment = own,
        };
    }

    private static bool IsSource(string word) => word.EndsWith(".go", StringComparison.Ordinal);
}
