namespace Omniview.Plugin.Core.Hosting;

/// <summary>How to start the dev host program: an executable and the arguments before its verb.</summary>
public sealed record HostCommand(string FileName, IReadOnlyList<string> Arguments);
