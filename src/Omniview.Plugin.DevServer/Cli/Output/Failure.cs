using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Cli.Output;

/// <summary>What every verb answers when it could not do what it was asked for.</summary>
/// <param name="ExitCode">The one the program ends with.</param>
/// <param name="Error">Why.</param>
internal sealed record Failure(int ExitCode, BuildError Error);
