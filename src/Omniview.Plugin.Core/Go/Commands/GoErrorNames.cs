using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Output;
using Omniview.Plugin.Core.Go.Toolchain;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Go.Commands;

/// <summary>
/// Asks the compiler, after a failed build, test or vet, for the names of its type errors and for those beyond the
/// tenth of a package. It says neither unless asked by a flag, and a flag in every build would keep it from sharing
/// Go's cache with the author's other tools. Only the packages that failed are compiled again, which stops after type
/// checking: 30 to 100 ms.
/// </summary>
internal static class GoErrorNames
{
    private const int AskedAtOnce = 50;

    /// <summary>The diagnostics with what could be found out, or as they are when go does not answer.</summary>
    /// <param name="request">What failed.</param>
    /// <param name="command">The command that did.</param>
    /// <param name="ask">The command that asks about some packages; null when it can't be asked.</param>
    /// <param name="work">Absolute path of a folder for temporary files.</param>
    /// <param name="found">What was said.</param>
    /// <param name="packages">The packages the compiler refused.</param>
    /// <param name="cancellation">Ends the question.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<IReadOnlyList<Diagnostic>> AddAsync(
        GoRequest request,
        GoCommand command,
        Func<IReadOnlyCollection<string>, IReadOnlyList<string>?> ask,
        string work,
        IReadOnlyList<Diagnostic> found,
        IReadOnlyCollection<string> packages,
        CancellationToken cancellation)
    {
        if (packages.Count == 0 || !found.Any(one => GoObviousNames.MayBeAskedFor(one) || IsLimit(one)))
        {
            return found;
        }

        List<Diagnostic> answers = [];
        var isAll = true;
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limited.CancelAfter(request.NamesLimit);
        try
        {
            foreach (var some in packages.Chunk(AskedAtOnce))
            {
                if (ask(some) is not { } arguments)
                {
                    return found;
                }

                var parser = new GoOutputParser(request.ProjectDirectory, workspace: request.Workspace);
                var spec = new ProcessSpec(request.Toolchain.Executable, arguments, request.ProjectDirectory)
                {
                    Environment = new Dictionary<string, string?>(GoBuildArguments.EnvironmentFor(request))
                    {
                        ["GOTMPDIR"] = work,
                    },
                };
                var exitCode = await ToolRunner.RunAsync(spec, one => parser.Add(one.Text), limited.Token);
                // 0: the author has mended it meanwhile, or it was not the compiler who had said it
                var told = exitCode == 0 ? [] : parser.Finish(exitCode);
                answers.AddRange(told);
                isAll &= exitCode == 0 || told.Any(IsAnswer);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            isAll = false;
        }
        catch (DiagnosticException)
        {
            isAll = false; // go can't be started any more; the build has already told what matters
        }

        return Merge(command == GoCommand.Test && isAll ? WithFindings(found, answers) : found, answers, command);
    }

    /// <summary>The named tell the same errors again, by place and text, and more.</summary>
    internal static IReadOnlyList<Diagnostic> Merge(
        IReadOnlyList<Diagnostic> found, IReadOnlyList<Diagnostic> named, GoCommand command = GoCommand.Build)
    {
        var answers = named.Where(IsAnswer).ToList();
        if (answers.Count == 0)
        {
            return found;
        }

        var told = answers.Select(Key).ToHashSet();
        var lines = answers.Select(one => (one.File, one.Line)).ToHashSet();
        var folders = answers.Select(Folder).ToHashSet();
        return GoProblemList.Sorted(
            found
                .Where(one => !told.Contains(Key(one)) && !IsLimit(one)
                    // Vet has a type checker of its own, which ends at the first error and words it its own way.
                    && !(command == GoCommand.Vet && IsOfCompiler(one)
                        && (lines.Contains((one.File, one.Line)) || folders.Contains(Folder(one)))))
                .Concat(answers)
                .Concat(named.Where(one => one.Code == GoProblemKind.More.Code)));
    }

    /// <summary>
    /// go test lets vet look at packages without tests too, and tells its findings there like errors of the compiler,
    /// which knows nothing of them.
    /// </summary>
    private static List<Diagnostic> WithFindings(IReadOnlyList<Diagnostic> found, List<Diagnostic> answers)
    {
        var folders = answers.Select(Folder).ToHashSet();
        return
        [
            .. found.Select(one =>
                one.Line > 0 && GoObviousNames.MayBeAskedFor(one) && !folders.Contains(Folder(one))
                    ? one with { Code = GoProblemKind.Vet.Code }
                    : one),
        ];
    }

    private static bool IsAnswer(Diagnostic diagnostic) =>
        diagnostic is { Line: > 0, Severity: DiagnosticSeverity.Error }
            && diagnostic.Code != GoProblemKind.Unknown.Code;

    private static bool IsOfCompiler(Diagnostic diagnostic) =>
        diagnostic.Code == GoProblemKind.Compiler.Code || diagnostic.Code == GoProblemKind.Syntax.Code
            || GoTypeErrors.NameOf(diagnostic.Code) is not null;

    private static bool IsLimit(Diagnostic diagnostic) =>
        diagnostic is { Severity: DiagnosticSeverity.Message } && diagnostic.Code == GoProblemKind.More.Code;

    private static string? Folder(Diagnostic one) => Path.GetDirectoryName(one.File);

    private static (string?, int, int, string) Key(Diagnostic one) =>
        (one.File, one.Line, one.Column, GoTypeErrors.TextOf(one));
}
