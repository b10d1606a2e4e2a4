namespace Omniview.Plugin.Core.Client;

/// <summary>How to start the dev host program: an executable and the arguments before its verb.</summary>
internal sealed record HostCommand(string FileName, IReadOnlyList<string> Arguments);
