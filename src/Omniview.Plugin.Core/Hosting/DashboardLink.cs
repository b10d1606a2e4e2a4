namespace Omniview.Plugin.Core.Hosting;

/// <summary>Opens the dashboard in one browser, once.</summary>
public sealed record DashboardLink(string Url);
