namespace Omniview.Plugin.DevServer.Dashboard;

/// <summary>The page is let in.</summary>
/// <param name="Secret">The page's bearer token, for as long as this dev host lives.</param>
internal sealed record LoggedIn(string Secret);
