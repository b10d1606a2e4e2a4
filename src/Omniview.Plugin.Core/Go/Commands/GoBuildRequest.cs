using System.Diagnostics.CodeAnalysis;

namespace Omniview.Plugin.Core.Go.Commands;

/// <summary>One build of a plugin's backend.</summary>
internal sealed record GoBuildRequest : GoRequest
{
    public GoBuildRequest()
    {
    }

    /// <param name="settings">How the plugin's code is compiled.</param>
    /// <param name="output">Absolute path of the program to make.</param>
    [SetsRequiredMembers]
    public GoBuildRequest(GoRequest settings, string output)
        : base(settings) => Output = output;

    /// <summary>Absolute path of the program to make.</summary>
    public required string Output { get; init; }
}
