using Omniview.Plugin.Core.Go.Output;

namespace Omniview.Plugin.Core.Go.Incremental;

/// <summary>
/// Reads the plan of a build from what <c>go build -n -a -json</c> shows: all commands for all packages, one after the
/// other, each in an event that names its package.
/// </summary>
/// <param name="directory">Absolute path of the folder go runs in.</param>
/// <param name="isOwn">Whether a package, by its import path, is of the author's.</param>
internal sealed class BuildPlanReader(string directory, Predicate<string> isOwn)
{
    private static readonly HashSet<string> Housekeeping = new(StringComparer.Ordinal)
    {
        "mkdir",
        "cp",
        "mv",
        "rm",
        "echo",
        "#",
    };

    private readonly List<ToolStep> _compile = [];
    private readonly HashSet<string> _kept = new(StringComparer.Ordinal);
    private readonly string _start = directory;
    private string _directory = directory;
    private string _package = "";
    private ImportConfig _imports = ImportConfig.Empty;
    private bool _hasOtherTools;
    private ToolStep? _link;
    private bool _isClear = true;

    /// <summary>Takes a line of go's.</summary>
    public void Add(string line)
    {
        if (GoEvent.Read(line) is not { } shown)
        {
            _isClear = false; // a warning, or another form than we know
        }
        else if (shown.Action == "build-output")
        {
            _isClear &= !shown.Package.Contains(' ', StringComparison.Ordinal); // "a/b [main]": compiled for a profile
            if (shown.Package != _package && shown.Package.Length > 0)
            {
                (_package, _imports, _hasOtherTools) = (shown.Package, ImportConfig.Empty, false);
            }

            Take(shown.Output.Trim(), isOfPackage: shown.Package.Length > 0);
        }
    }

    /// <summary>Null when it is not all clear.</summary>
    public BuildPlan? Finish() => _isClear && _link is not null ? new BuildPlan(_compile, _link) : null;

    private void Take(string text, bool isOfPackage)
    {
        var lines = text.Split('\n');
        if (lines[0].StartsWith("cd ", StringComparison.Ordinal))
        {
            _directory = Path.GetFullPath(lines[0][3..], _start); // shown as it is, without quotes
        }
        else if (lines[0].StartsWith("cat >", StringComparison.Ordinal))
        {
            if (lines[0].Contains("importcfg", StringComparison.Ordinal))
            {
                _imports = ImportConfig.Read(lines[1..^1]);
            }
        }
        else if (text.Length > 0 && isOfPackage && !IsHousekeeping(lines[0]))
        {
            var command = lines.Length == 1 ? ShownCommand.Read(text) : null;
            if (command is { Tool: "compile" })
            {
                Keep(ToolStep.From(_package, _directory, command, _imports, !_hasOtherTools));
            }
            else if (command is { Tool: "link" })
            {
                _isClear &= _link is null;
                _link = ToolStep.From(_package, _directory, command, _imports, isAlone: true);
            }
            else
            {
                _hasOtherTools = true;
                NeedsOthersToo();
            }
        }
    }

    private static bool IsHousekeeping(string line) =>
        line.StartsWith("go tool buildid ", StringComparison.Ordinal) || Housekeeping.Contains(line.Split(' ', 2)[0]);

    private void Keep(ToolStep step)
    {
        if (isOwn(step.Package) || step.Imports.Packages.Any(_kept.Contains))
        {
            _kept.Add(step.Package);
            // a line more, or a file more, and there is more in it
            _compile.Add(step with { IsAll = step.IsAll && !step.Imports.Packages.Contains("embed") });
        }
    }

    /// <summary>What works behind the compiler adds to its file: the assembler, by <c>pack</c>.</summary>
    private void NeedsOthersToo()
    {
        if (_compile.Count > 0 && _compile[^1].Package == _package)
        {
            _compile[^1] = _compile[^1] with { IsAll = false };
        }
    }
}
