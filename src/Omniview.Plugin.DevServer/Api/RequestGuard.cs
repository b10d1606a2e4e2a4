using System.Security.Cryptography;
using System.Text;
using Omniview.Plugin.Core.Hosting;
using Omniview.Plugin.DevServer.Dashboard;

namespace Omniview.Plugin.DevServer.Api;

/// <summary>
/// Lets only this host's own clients in. Web pages can reach 127.0.0.1 too, so every request must name our own address
/// as Host (DNS rebinding), come from no page or from our own (Origin, Sec-Fetch-Site), and carry the token or the dashboard's cookie.
/// </summary>
internal sealed class RequestGuard(string token, DashboardLogin dashboard)
{
    private readonly byte[] _expected = Encoding.ASCII.GetBytes($"Bearer {token}");

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var own = $"127.0.0.1:{context.Connection.LocalPort}";
        var request = context.Request;
        SecurityHeaders.Set(context.Response.Headers);
        if (request.Host.Value != own)
        {
            await Problems.WriteAsync(context, StatusCodes.Status403Forbidden, "This dev host answers only to its own address.").ConfigureAwait(false);
        }
        else if ((request.Headers.Origin is { Count: > 0 } origin && origin.ToString() != $"http://{own}") || (IsOfAnotherOrigin(request) && !IsFollowedLink(request)))
        {
            await Problems.WriteAsync(context, StatusCodes.Status403Forbidden, "Pages of other origins have no access.").ConfigureAwait(false);
        }
        else if (request.Path == HostProof.Path)
        {
            await next(context).ConfigureAwait(false); // asked before the token is sent
        }
        else if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString()), _expected))
        {
            await next(context).ConfigureAwait(false);
        }
        else if (request.Headers.Authorization.Count == 0 && dashboard.IsLoggedIn(context))
        {
            DashboardAccess.Mark(context);
            await ContinueByCookieAsync(context, next).ConfigureAwait(false);
        }
        else if (IsPage(request))
        {
            await dashboard.AnswerAsync(context).ConfigureAwait(false);
        }
        else
        {
            await Problems.WriteAsync(context, StatusCodes.Status401Unauthorized, "A bearer token is needed; it is in the token file named in the dev host's record.").ConfigureAwait(false);
        }
    }

    /// <summary>A browser sends a cookie by itself; what changes something must also be a script's of our own page.</summary>
    private static Task ContinueByCookieAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        return
            HttpMethods.IsGet(request.Method) ? next(context)
            : request.Headers.Origin.Count == 0 ? Problems.WriteAsync(context, StatusCodes.Status403Forbidden, "Only the dashboard's own page may ask for that.")
            : !request.HasJsonContentType() ? Problems.WriteAsync(context, StatusCodes.Status415UnsupportedMediaType, "Bodies are application/json.")
            : next(context);
    }

    /// <summary>As the browser says (Fetch Metadata); programs say nothing. Another port of this machine is the same site and another origin.</summary>
    private static bool IsOfAnotherOrigin(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none");

    /// <summary>A link elsewhere may lead to our page: it is opened by itself, in no frame, and tells the other nothing.</summary>
    private static bool IsFollowedLink(HttpRequest request) =>
        IsPage(request) && request.Headers["Sec-Fetch-Mode"] == "navigate" && request.Headers["Sec-Fetch-Dest"] == "document";

    private static bool IsPage(HttpRequest request) => HttpMethods.IsGet(request.Method) && request.Path == "/";
}
