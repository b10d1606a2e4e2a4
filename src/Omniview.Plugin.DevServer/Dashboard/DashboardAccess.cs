namespace Omniview.Plugin.DevServer.Dashboard;

/// <summary>
/// What the page may ask for. A cookie goes to every server on 127.0.0.1, whatever its port, so it opens only what the page
/// needs; what names folders, programs or this host's end takes the token.
/// </summary>
internal static class DashboardAccess
{
    private static readonly object ByCookie = new();

    /// <summary>The page may ask for it, too.</summary>
    public static TBuilder ForDashboard<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(Open.Instance);

    /// <summary>The request was let in by its cookie.</summary>
    public static void Mark(HttpContext context) => context.Items[ByCookie] = ByCookie;

    public static bool IsMarked(HttpContext context) => context.Items.ContainsKey(ByCookie);

    public static bool Allows(HttpContext context) => !IsMarked(context) || context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<Open>() is not null;

    private sealed class Open
    {
        public static readonly Open Instance = new();
    }
}
