namespace Omniview.Plugin.Core.Hosting;

/// <summary>Why the dev host refused: RFC 9457's members and the diagnostic itself.</summary>
public sealed record HostProblem(string Type, string Title, int Status, string Detail, BuildError? Error);
