using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Cli.Output;

/// <summary>What <c>status</c> answers.</summary>
/// <param name="LastBuild">The last turn of its loop; null before the first, and for a plugin with only a UI.</param>
internal sealed record StatusResult(DevServerState Plugin, BuildRecord? LastBuild, IReadOnlyList<BuildError> Errors);
