using Omniview.Plugin.Core.Go.Modules;
using Omniview.Plugin.Core.Go.Toolchain;

namespace Omniview.Plugin.Core.Go.Commands;

/// <summary>
/// What every go command over a plugin's code is told alike, so that all of them see the code that is built.
/// </summary>
internal record GoRequest
{
    public required GoToolchain Toolchain { get; init; }

    /// <summary>Absolute path of the folder <c>go</c> runs in.</summary>
    public required string ProjectDirectory { get; init; }

    public GoTarget Target { get; init; } = GoTarget.Host;

    /// <summary>Small and reproducible, instead of quick to link.</summary>
    public bool Release { get; init; }

    /// <summary>
    /// For a debugger: no optimisation, no inlining, all debug information and real paths. Goes before
    /// <see cref="Release"/>.
    /// </summary>
    public bool Debuggable { get; init; }

    /// <summary>Build tags, separated by commas, semicolons or spaces.</summary>
    public string? Tags { get; init; }

    /// <summary>Linker flags, appended to ours.</summary>
    public string? LdFlags { get; init; }

    /// <summary>Compiler flags, with or without a <c>pattern=</c> of packages, appended to ours.</summary>
    public string? GcFlags { get; init; }

    /// <summary>Build with the race detector (needs cgo).</summary>
    public bool Race { get; init; }

    /// <summary>Further arguments of <c>go build</c>, each as one, put before the package.</summary>
    public IReadOnlyList<string> ExtraArguments { get; init; } = [];

    /// <summary>
    /// <c>off</c>, or the path of a go.work (relative to the project folder); null, empty or <c>auto</c> leaves it to
    /// Go.
    /// </summary>
    public string? GoWork { get; init; }

    /// <summary>The author's variables, which override the environment; a null value removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>The go.work in force.</summary>
    public GoWorkspace Workspace() => GoWorkspace.Of(ProjectDirectory, GoWork, Environment);
}
