using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Output;
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
    private const int MaxPackages = 50;
    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(1);

    /// <summary>The diagnostics with what could be found out, or as they are when that would take long.</summary>
    /// <param name="request">What failed.</param>
    /// <param name="ask">The command that asks about some packages; null when it can't be asked.</param>
    /// <param name="work">Absolute path of a folder for temporary files.</param>
    /// <param name="found">What was said.</param>
    /// <param name="packages">The packages the compiler refused.</param>
    /// <param name="spent">How long it took.</param>
    /// <param name="cancellation">Ends the question.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<IReadOnlyList<Diagnostic>> AddAsync(
        GoRequest request,
        Func<IReadOnlyCollection<string>, IReadOnlyList<string>?> ask,
        string work,
        IReadOnlyList<Diagnostic> found,
        IReadOnlyCollection<string> packages,
        TimeSpan spent,
        CancellationToken cancellation)
    {
        found = [.. found.Select(GoObviousNames.Named)];
        if (packages.Count is 0 or > MaxPackages
            || !found.Any(one => IsUnnamed(one) || IsLimit(one))
            || ask(packages) is not { } arguments)
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
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limited.CancelAfter(spent + WaitLimit);
        try
        {
            var exitCode = await ToolRunner.RunAsync(spec, one => parser.Add(one.Text), limited.Token);
            // 0: the author has mended it meanwhile
            return exitCode == 0 ? found : Merge(found, parser.Finish(exitCode));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return found;
        }
        catch (DiagnosticException)
        {
            return found; // go can't be started any more; the build has already told what matters
        }
    }

    /// <summary>The named tell the same errors again, by place and text, and more.</summary>
    internal static IReadOnlyList<Diagnostic> Merge(IReadOnlyList<Diagnostic> found, IReadOnlyList<Diagnostic> named)
    {
        var answers = named.Where(
            one => one.Line > 0 && one.Severity == DiagnosticSeverity.Error && one.Code != GoProblemKind.Unknown.Code)
            .ToList();
        if (answers.Count == 0)
        {
            return found;
        }

        var told = answers.Select(Key).ToHashSet();
        return GoProblemList.Sorted(
            found
                .Where(one => !told.Contains(Key(one)) && !IsLimit(one))
                .Concat(answers)
                .Concat(named.Where(one => one.Code == GoProblemKind.More.Code)));
    }

    private static bool IsUnnamed(Diagnostic diagnostic) =>
        diagnostic is { Code: DiagnosticCodes.GoProblem, Severity: DiagnosticSeverity.Error };

    private static bool IsLimit(Diagnostic diagnostic) =>
        diagnostic is { Severity: DiagnosticSeverity.Message } && diagnostic.Code == GoProblemKind.More.Code;

    private static (string?, int, int, string) Key(Diagnostic one) => 
        (one.File, one.Line, one.Column, GoTypeErrors.TextOf(one));
}
