using Omniview.Plugin.Core.Go.Toolchain;

namespace Omniview.Plugin.Core.Go.Output;

/// <summary>
/// Reads the lines of one source in their order. A header (<c># import/path</c>) says whose compiler, linker or vet
/// speaks; below it, the first of the recognisers that knows a line takes it, and with it the lines that belong to it.
/// </summary>
internal sealed class GoTextReader(GoCommand command, GoPaths paths, GoOutputParser parser)
{
    private readonly GoFailure _failures = new(paths);
    private readonly GoTextBudget _budget = new();
    private string? _header; // for unknown lines, until it is told
    private string? _package;
    private bool _isVet;
    private string? _eventPackage; // events of a package come together, and are only its own
    private GoBlock? _block;
    private GoTestRun? _run;
    private GoRawMessage? _raw;

    public void Add(GoLine line)
    {
        var text = line.Text;
        var isOther = line.Source == GoLineSource.BuildEvent && line.Package != _eventPackage;
        if (_raw is not null && (isOther || !_raw.Take(line)))
        {
            ReadAgain();
        }

        if (_raw is not null)
        {
            if (_raw.IsWhole)
            {
                Open(_raw.Whole);
                _raw = null;
            }

            return;
        }

        if (isOther)
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

        if (text.StartsWith("# ", StringComparison.Ordinal) && !GoNoise.Is(text))
        {
            Begin(text[2..]);
        }
        else if (!IsOfTests(line))
        {
            Recognise(line);
        }
    }

    public void Close()
    {
        while (_raw is not null)
        {
            ReadAgain();
        }

        EndBlock();
        if (_run is not null)
        {
            Tell(_run.Close(null, hasFailed: null));
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
            Tell((_run ?? new GoTestRun(paths, _budget)).Close(end.Package, end.HasFailed, end.WasBuilt));
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

    private void Recognise(GoLine line)
    {
        var text = line.Text;
        if (text == "{" && command == GoCommand.Vet)
        {
            _block = new GoVetJson();
        }
        else if (GoHereDocument.Opens(text))
        {
            _block = new GoHereDocument();
        }
        else if (GoErrorLimit.Is(text))
        {
            Tell(_package is null ? [] : [GoErrorLimit.From(text, _package, paths)]);
            parser.Noise(text);
        }
        else if (GoNoise.Is(text) || (text == "{}" && command == GoCommand.Vet)) // vet finds nothing
        {
            _failures.Hear(text);
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
            if (GoRawMessage.Opens(position))
            {
                _raw = new GoRawMessage(position, line);
            }
            else
            {
                Open(position);
            }
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
            parser.Unknown(
                _header is null || char.IsWhiteSpace(text[0]) ? text : $"{_header}: {text}", _eventPackage);
            _header = null;
        }
    }

    private void Open(GoPosition position)
    {
        var placed = GoPlacedProblem.From(position, command, _package, _isVet, paths);
        _block = placed.Kind == GoProblemKind.C
            ? new GoCProblemBlock(placed, paths)
            : new GoProblemBlock(placed, paths, takesAll: placed.Kind == GoProblemKind.CompilerCrash);
    }

    /// <summary>The raw string never ended, so it was none: the lines are what they look like.</summary>
    private void ReadAgain()
    {
        var raw = _raw!;
        _raw = null;
        Open(raw.First);
        foreach (var line in raw.Others)
        {
            Add(line);
        }
    }

    private void Tell(IEnumerable<GoProblem> problems) => parser.Found(problems, _eventPackage);

    private void EndBlock()
    {
        if (_block is not null)
        {
            Tell(_block.Close());
            _block = null;
        }
    }
}
