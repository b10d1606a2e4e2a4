namespace Omniview.Plugin.Core.Wire;

/// <summary>Opens the dashboard in one browser, once.</summary>
/// <param name="Url">The link, for a person to follow.</param>
/// <param name="File">
/// A page that leads there and that only its user can read, for a program that opens it: arguments of programs are for
/// all users to see. Gone when the link has been followed; empty when it could not be written.
/// </param>
/// <param name="IsOpen">A browser shows the dashboard already.</param>
internal sealed record DashboardLink(string Url, string File, bool IsOpen);
