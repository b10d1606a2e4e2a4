namespace Omniview.Plugin.DevServer.Requests;

/// <summary>
/// Who may ask for an endpoint. It takes this host's token unless it says otherwise: what names folders, programs or
/// this host's end is not for a page, whatever may have got into it.
/// </summary>
internal static class DashboardAccess
{
    private static readonly object ByPage = new();

    /// <summary>Has nothing to hide: no secret is asked for.</summary>
    public static TBuilder ForAnyone<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(Access.Anyone);

    /// <summary>The page may ask for it, too.</summary>
    public static TBuilder ForDashboard<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(Access.Dashboard);

    public static bool IsForAnyone(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<Access>() == Access.Anyone;

    /// <summary>Whether the page may ask for it; for what does not exist it may.</summary>
    public static bool IsForDashboard(HttpContext context) =>
        context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<Access>() is not null;

    /// <summary>The request was let in by the secret of a page.</summary>
    public static void Mark(HttpContext context) => context.Items[ByPage] = ByPage;

    public static bool IsMarked(HttpContext context) => context.Items.ContainsKey(ByPage);

    private sealed class Access
    {
        public static readonly Access Anyone = new();

        public static readonly Access Dashboard = new();
    }
}
