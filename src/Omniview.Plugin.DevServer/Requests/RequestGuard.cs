using System.Security.Cryptography;
using System.Text;
using Omniview.Plugin.DevServer.Login;

namespace Omniview.Plugin.DevServer.Requests;

/// <summary>
/// Lets only this host's own clients in. Web pages can reach 127.0.0.1 too, so every request must name our own address
/// as Host (DNS rebinding), come from no page or from our own (Origin, Sec-Fetch-Site), and carry the token, or, for
/// what the dashboard may ask for, the secret of a page that was let in. No browser ever sends either by itself.
/// </summary>
internal sealed class RequestGuard(string token, DashboardLogin dashboard)
{
    private const string Scheme = "Bearer ";

    private readonly byte[] _expected = Encoding.ASCII.GetBytes(token);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var own = $"127.0.0.1:{context.Connection.LocalPort}";
        var request = context.Request;
        SecurityHeaders.Set(context.Response.Headers);
        if (request.Host.Value != own)
        {
            await Problems.WriteAsync(
                context, StatusCodes.Status403Forbidden, "This dev host answers only to its own address.");
        }
        else if ((request.Headers.Origin is { Count: > 0 } origin && origin.ToString() != $"http://{own}")
            || (IsOfAnotherOrigin(request) && !IsFollowedLink(request)))
        {
            await Problems.WriteAsync(
                context, StatusCodes.Status403Forbidden, "Pages of other origins have no access.");
        }
        else if (DashboardAccess.IsForAnyone(context) || IsToken(request))
        {
            await next(context);
        }
        else if (!dashboard.Knows(Bearer(request)))
        {
            await Problems.WriteAsync(
                context, StatusCodes.Status401Unauthorized, "A bearer token is needed; it is in the token file " +
                    "named in the dev host's record.");
        }
        else if (!DashboardAccess.IsForDashboard(context))
        {
            await Problems.WriteAsync(
                context, StatusCodes.Status403Forbidden, "That takes the dev host's token: the dashboard may not " +
                    "ask for it.");
        }
        else
        {
            DashboardAccess.Mark(context);
            await next(context);
        }
    }

    private bool IsToken(HttpRequest request) => CryptographicOperations.FixedTimeEquals(Bearer(request), _expected);

    private static byte[] Bearer(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.Ordinal)
            ? Encoding.UTF8.GetBytes(header[Scheme.Length..])
            : [];
    }

    /// <summary>
    /// As the browser says (Fetch Metadata); programs say nothing. Another port of this machine is the same site and
    /// another origin.
    /// </summary>
    private static bool IsOfAnotherOrigin(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none");

    /// <summary>
    /// A link elsewhere may lead to our page: it is opened by itself, in no frame, and tells the other nothing.
    /// </summary>
    private static bool IsFollowedLink(HttpRequest request) =>
        IsPage(request) && request.Headers["Sec-Fetch-Mode"] == "navigate"
            && request.Headers["Sec-Fetch-Dest"] == "document";

    private static bool IsPage(HttpRequest request) => HttpMethods.IsGet(request.Method) && request.Path == "/";
}
