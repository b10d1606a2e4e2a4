using System.Diagnostics.CodeAnalysis;
using Omniview.Plugin.Core.Go.Modules;

namespace Omniview.Plugin.Core.Go.Commands;

/// <summary>One look of vet at a plugin's code.</summary>
internal sealed record GoVetRequest : GoRequest
{
    /// <param name="settings">How the plugin's code is compiled.</param>
    [SetsRequiredMembers]
    public GoVetRequest(GoRequest settings)
        : base(settings)
    {
    }

    /// <summary>The packages to look at: paths relative to the project folder, import paths or patterns.</summary>
    public IReadOnlyList<string> Packages { get; init; } = [GoPackages.All];

    /// <summary>Further arguments of <c>go vet</c>, each as one.</summary>
    public IReadOnlyList<string> VetArguments { get; init; } = [];
}
