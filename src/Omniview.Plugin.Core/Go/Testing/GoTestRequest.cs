using System.Diagnostics.CodeAnalysis;
using Omniview.Plugin.Core.Go.Commands;
using Omniview.Plugin.Core.Go.Modules;
using Omniview.Plugin.Core.Go.Toolchain;

namespace Omniview.Plugin.Core.Go.Testing;

/// <summary>
/// One run of a plugin's tests. They run on this machine, so <see cref="GoRequest.Target"/> is not asked.
/// </summary>
internal sealed record GoTestRequest : GoRequest
{
    /// <param name="settings">How the plugin's code is compiled.</param>
    [SetsRequiredMembers]
    public GoTestRequest(GoRequest settings)
        : base(settings) => Target = GoTarget.Host;

    /// <summary>The packages to test: paths relative to the project folder, import paths or patterns.</summary>
    public IReadOnlyList<string> Packages { get; init; } = [GoPackages.All];

    /// <summary>Go's <c>-run</c>: a regular expression for names of tests; all when null.</summary>
    public string? Filter { get; init; }

    /// <summary>Go's <c>-skip</c>: the names of tests to leave out; none when null.</summary>
    public string? Skip { get; init; }

    /// <summary>Prints the names of the tests instead of running them.</summary>
    public bool ListOnly { get; init; }

    /// <summary>Whether <see cref="GoTestResult.Tests"/> say what failed and skipped tests printed.</summary>
    public bool KeepOutput { get; init; }

    /// <summary>
    /// For the tests of one package: seconds, or a duration of Go as <c>90s</c>, <c>5m</c>; Go's own (10 minutes) when
    /// null.
    /// </summary>
    public string? Timeout { get; init; }

    /// <summary>Further arguments of <c>go test</c>, each as one.</summary>
    public IReadOnlyList<string> TestArguments { get; init; } = [];
}
