using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Go.Building;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Board;

/// <summary>
/// The files of a plugin that may be shown and opened: those below its project's folder, and below the modules outside
/// of it that the program is made of. What a path leads to counts, not what it looks like.
/// </summary>
internal sealed class SourceFiles(string project)
{
    private const int LinesBefore = 3;
    private const int LinesAfter = 2;
    private const int LongestLine = 240;
    private const int MostFrames = 50;
    private const long LargestFile = 4 * 1024 * 1024;

    private volatile IReadOnlyList<string> _modules = [];

    /// <summary>The program is made of these.</summary>
    public void Follow(GoSourceSet set) =>
        _modules = [
            .. set
                .ModuleFiles.Where(file => Path.GetFileName(file) == "go.mod")
                .Select(file => Path.GetDirectoryName(file)!)
                .Distinct(StringComparer.Ordinal),
        ];

    /// <summary>The file a path leads to, by its own name; null when there is none, or it is none of these.</summary>
    /// <param name="path">Absolute, or as tools print it: relative to the project, to its UI or to its backend, as Go's
    /// log does.</param>
    public string? Find(string path)
    {
        if (!SafePath.IsPlain(path))
        {
            return null;
        }

        try
        {
            var file = new[] { project, Path.Combine(project, "ui"), Path.Combine(project, "pkg") }.Select(
                folder => Path.GetFullPath(path, folder)).FirstOrDefault(File.Exists);
            return file is not null && RealPath.Of(file) is { } real && File.Exists(real) && IsOurs(real)
                ? real
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null; // what can't be looked at is not ours
        }
    }

    /// <summary>The problems with the lines around them.</summary>
    public IReadOnlyList<BuildError> Show(IReadOnlyList<Diagnostic> problems)
    {
        var texts = new Dictionary<string, string[]>(StringComparer.Ordinal);
        return
        [
            .. problems.Select(
                (problem, index) =>
                    BuildError.From(problem) with
                    {
                        Frame = index < MostFrames ? FrameOf(problem, texts) : null,
                    }),
        ];
    }

    private CodeFrame? FrameOf(Diagnostic problem, Dictionary<string, string[]> texts)
    {
        if (problem.File is not { Length: > 0 } file || problem.Line <= 0)
        {
            return null;
        }

        if (!texts.TryGetValue(file, out var lines))
        {
            texts[file] = lines = ReadLines(file);
        }

        var first = Math.Max(1, problem.Line - LinesBefore);
        var last = Math.Min(lines.Length, problem.Line + LinesAfter);
        return problem.Line > lines.Length
            ? null
            : new CodeFrame(first, [.. lines[(first - 1)..last].Select(Shortened)]);
    }

    private string[] ReadLines(string file)
    {
        try
        {
            // A length of 0 is also that of a pipe or a device, which to read could take for ever.
            return Find(file) is { } real && new FileInfo(real) is { Length: > 0 and <= LargestFile }
                ? File.ReadAllLines(real)
                : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // the problem is shown without
        }
    }

    private bool IsOurs(string real) =>
        _modules.Prepend(project).Any(root => RealPath.Of(root) is { } folder && PathNames.IsBelow(real, folder));

    private static string Shortened(string line) => line.Length <= LongestLine ? line : line[..LongestLine] + "…";
}
