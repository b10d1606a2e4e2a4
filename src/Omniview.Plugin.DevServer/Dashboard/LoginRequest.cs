namespace Omniview.Plugin.DevServer.Dashboard;

/// <summary>A page that was opened by a link wants to be let in.</summary>
/// <param name="Token">What is in the link.</param>
internal sealed record LoginRequest(string Token);
