namespace Omniview.Plugin.Core.Wire;

/// <summary>Why the dev host refused: RFC 9457's members and the diagnostic itself.</summary>
internal sealed record HostProblem(string Type, string Title, int Status, string Detail, BuildError? Error);
