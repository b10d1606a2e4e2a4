using System.Collections.Immutable;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Wire;
using Omniview.Plugin.DevServer.StateMachine;

namespace Omniview.Plugin.DevServer.Board;

/// <summary>The problems of a plugin as they are shown: with the lines around them.</summary>
/// <param name="files">Where those lines are read; null shows none.</param>
internal sealed class ShownProblems(SourceFiles? files)
{
    private ImmutableSortedDictionary<ProblemSource, IReadOnlyList<Diagnostic>> _shown =
        ImmutableSortedDictionary<ProblemSource, IReadOnlyList<Diagnostic>>.Empty;
    private ImmutableSortedDictionary<ProblemSource, IReadOnlyList<BuildError>> _errors =
        ImmutableSortedDictionary<ProblemSource, IReadOnlyList<BuildError>>.Empty;

    /// <summary>
    /// As they are to be shown; those of before where the list is the same. Null when these are shown already.
    /// </summary>
    public ImmutableSortedDictionary<ProblemSource, IReadOnlyList<BuildError>>? Read(
        ImmutableSortedDictionary<ProblemSource, IReadOnlyList<Diagnostic>> problems)
    {
        if (problems == _shown)
        {
            return null;
        }

        var errors = ImmutableSortedDictionary.CreateBuilder<ProblemSource, IReadOnlyList<BuildError>>();
        foreach (var (source, list) in problems)
        {
            errors[source] = ReferenceEquals(_shown.GetValueOrDefault(source), list) ? _errors[source]
                : files?.Show(list) ?? [.. list.Select(BuildError.From)];
        }

        return errors.ToImmutable();
    }

    /// <summary>From now on shows what was read.</summary>
    public void Show(
        ImmutableSortedDictionary<ProblemSource, IReadOnlyList<Diagnostic>> problems,
        ImmutableSortedDictionary<ProblemSource, IReadOnlyList<BuildError>> errors) =>
        (_shown, _errors) = (problems, errors);

    public List<BuildError> All() => [.. _errors.Values.SelectMany(errors => errors)];
}
