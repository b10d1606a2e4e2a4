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

    /// <summary>
    /// Small and reproducible, instead of quick to link; <see cref="GoOptions.Debuggable"/> goes before it.
    /// </summary>
    public bool Release { get; init; }

    public GoOptions Options { get; init; } = new();

    /// <summary>The author's variables, which override the environment; a null value removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>
    /// How long a failed command's errors may wait for their names. Only a go that hangs needs as long: an error's code
    /// must not depend on how busy the machine is.
    /// </summary>
    public TimeSpan NamesLimit { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The go.work in force.</summary>
    public GoWorkspace Workspace() => GoWorkspace.Of(ProjectDirectory, Options.Work, Environment);
}
