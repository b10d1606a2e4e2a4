using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Toolchain;

namespace Omniview.Plugin.Core.Go.Output;

/// <summary>
/// Reads the lines of one source in their order. A header (<c># import/path</c>) says whose compiler, linker or vet
/// speaks; below it, the first of the recognisers that knows a line takes it, and with it the lines that belong to it.
/// </summary>
internal sealed partial class GoTextReader(GoCommand command, GoPaths paths, GoOutputParser parser)
{
    private readonly GoFailure _failures = new(paths);
    private readonly GoTextBudget _budget = new();
    private string? _header; // for unknown lines, until it is told
    private string? _package;
    private bool _isVet;
    private string? _eventPackage; // events of a package come together, and are only its own
    private GoBlock? _block;
    private GoTestRun? _run;

    public void Add(GoLine line)
    {
        var text = line.Text;
        if (line.Source == GoLineSource.BuildEvent && line.Package != _eventPackage)
        {
            EndBlock();
            (_eventPackage, _package, _header, _isVet) = (line.Package, null, null, false);
        }

        if (_block is not null && _block.Take(text))
        {
            return;
        }

        EndBlock();
        if (text.Length == 0)
        {
            _run?.Add(line); // a blank line of a message
            return;
        }

        if (text.StartsWith("# ", StringComparison.Ordinal))
        {
            Begin(text[2..]);
        }
        else if (!IsOfTests(line))
        {
            Recognise(text);
        }
    }

    public void Close()
    {
        EndBlock();
        if (_run is not null)
        {
            parser.Found(_run.Close(null, hasFailed: null));
        }
    }

    private void Begin(string header)
    {
        parser.Noise("# " + header);
        if (!header.StartsWith('['))
        {
            (_header, _package, _isVet) = (header, header, false);
        }
        else if (header.StartsWith("[pkg-config ", StringComparison.Ordinal))
        {
            _block = new GoProblemBlock(
                new GoProblem(GoProblemKind.CgoDirective, header.Trim('[', ']') + " failed") { Package = _package },
                paths,
                takesAll: true);
        }
        else
        {
            _isVet = true; // vet's own header, below that of the package
        }
    }

    /// <summary>Whether a line is of the tests that run, and not of what builds them.</summary>
    private bool IsOfTests(GoLine line)
    {
        if (line.Source == GoLineSource.BuildEvent)
        {
            return false;
        }

        if (GoTestRun.End(line.Text) is { } end)
        {
            parser.Noise(line.Text);
            parser.Found((_run ?? new GoTestRun(paths, _budget)).Close(end.Package, end.HasFailed, end.WasBuilt));
            (_run, _package, _header, _isVet) = (null, null, null, false);
            return true;
        }

        var opens = GoTestRun.Opens(line.Text);
        if (opens)
        {
            (_package, _header, _isVet) = (null, null, false);
        }
        else if (
            _run is null
            && (
                command != GoCommand.Test
                || line.Source == GoLineSource.Error
                || _package is not null
                || IsLoading(line.Text)))
        {
            return false;
        }

        if (opens || _run is not null || GoStackTrace.Opens(line.Text) || command == GoCommand.Test)
        {
            (_run ??= new GoTestRun(paths, _budget)).Add(line);
            return true;
        }

        return false;
    }

    /// <summary>What go says before any test runs, on the same stream when both are merged.</summary>
    private bool IsLoading(string text) =>
        text.StartsWith("go: ", StringComparison.Ordinal) || GoImportChain.Opens(text)
        || (GoPosition.Read(text, null, paths) is { } place && GoMessage.KindOf(place.Text) is not null);

    private void Recognise(string text)
    {
        if (text == "{" && command == GoCommand.Vet)
        {
            _block = new GoVetJson();
        }
        else if (Noise().IsMatch(text) || (TooMany().Match(text) is { Success: true } tooMany && Limit(tooMany)))
        {
            parser.Noise(text);
        }
        else if (text.StartsWith("go: ", StringComparison.Ordinal)
            && GoKnownFailure.Read(text, paths.Directory, paths.Modules.WorkFile) is { } known)
        {
            _block = new GoProblemBlock(
                new GoProblem(new GoProblemKind(known.Code, ""), known.Message, known.Severity).At(
                    known.File,
                    known.Line,
                    known.Column),
                paths);
        }
        else if (GoImportChain.Opens(text))
        {
            _block = new GoImportChain(text, paths);
        }
        else if (GoPosition.Read(text, _package, paths) is { } position)
        {
            var placed = GoPlacedProblem.From(position, command, _package, _isVet, paths);
            _block = placed.Kind == GoProblemKind.C
                ? new GoCProblemBlock(placed, paths)
                : new GoProblemBlock(placed, paths, takesAll: placed.Kind == GoProblemKind.CompilerCrash);
        }
        else if (_failures.Read(text, _package) is var (problem, takesAll))
        {
            _block = new GoProblemBlock(problem, paths, takesAll);
        }
        else if (GoLinkerRun.Opens(text))
        {
            _block = new GoLinkerRun(text, _package, paths);
        }
        else if (GoStackTrace.Opens(text))
        {
            _block = _package is null
                ? new GoStackTrace(text, paths)
                // below a header it is a tool that panics
                : new GoProblemBlock(
                    new GoProblem(GoProblemKind.CompilerCrash, text) { Package = _package }, paths, takesAll: true);
        }
        else
        {
            parser.Unknown(_header is null || char.IsWhiteSpace(text[0]) ? text : $"{_header}: {text}");
            _header = null;
        }
    }

    /// <summary>
    /// Go stops after ten errors of a package. Not an error more, but a list that ends there would seem to be whole.
    /// </summary>
    private bool Limit(Match match)
    {
        if (_package is not null)
        {
            parser.Found([
                new GoProblem(
                    GoProblemKind.More,
                    $"too many errors: the compiler stopped after ten in {_package}",
                    DiagnosticSeverity.Message)
                {
                    Package = _package,
                }.At(
                    paths.Resolve(match.Groups["file"].Value, _package),
                    GoPosition.Number(match.Groups["line"]),
                    GoPosition.Number(match.Groups["column"])),
            ]);
        }

        return true;
    }

    private void EndBlock()
    {
        if (_block is not null)
        {
            parser.Found(_block.Close());
            _block = null;
        }
    }

    // Progress, the names of -v, and lines that only repeat that something above them failed or lead to what is below.
    [GeneratedRegex(
        // the go command
        @"^(?:go: (?:downloading|finding|extracting|found|upgraded|added|removed) "
            + @"|go: errors parsing .*:$|go: error loading .*go\.(?:work|mod):$|malformed go\.sum:$"
            + @"|go: cannot load module .*: errors parsing .*:$"
            + @"|exit status [0-9]+$|note: module requires Go |WORK=|asm: assembly of .* failed$"
            // C compilers
            + @"|compilation terminated\.$|In file included from |\s+from \S.*:[0-9]+(?::[0-9]+)?[,:]$"
            + @"|\s*(?:[0-9]+ )?\|(?: |$)|\S.*:[0-9]+:\s+(?:recursively )?required (?:from|by) "
            + @"|[0-9]+ (?:errors?|warnings?)(?: and [0-9]+ (?:errors?|warnings?))? generated\.$"
            + @"|\S.*\.[a-z]+: (?:In function .*:|At top level:|In .*:)$"
            // the end of a list, and a package of -v
            + @"|too many errors$|[^\s:{}]+$)",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Noise();

    [GeneratedRegex(
        @"^(?<file>.+?)(?::(?<line>[0-9]+))?(?::(?<column>[0-9]+))?: too many errors$", RegexOptions.CultureInvariant
    )]
    private static partial Regex TooMany();
}
