namespace Omniview.Plugin.Core.Hosting;

/// <summary>Opens the dashboard in one browser, once.</summary>
/// <param name="Url">The link.</param>
/// <param name="IsOpen">A browser shows the dashboard already.</param>
public sealed record DashboardLink(string Url, bool IsOpen);
