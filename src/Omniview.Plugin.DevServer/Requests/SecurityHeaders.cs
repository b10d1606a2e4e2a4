namespace Omniview.Plugin.DevServer.Requests;

/// <summary>
/// What browsers are told with every answer: nothing of it is for another origin, and it loads nothing from one.
/// </summary>
internal static class SecurityHeaders
{
    /// <summary>
    /// Of the dashboard's page. Trusted Types: not even a mistake of ours can make HTML of a log line (Chromium).
    /// </summary>
    private const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri " +
        "'none'; form-action 'none'; frame-ancestors 'none'; "
        + "require-trusted-types-for 'script'; trusted-types 'none'";

    public static void Set(IHeaderDictionary headers)
    {
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = PagePolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Referrer-Policy"] = "no-referrer";
    }
}
