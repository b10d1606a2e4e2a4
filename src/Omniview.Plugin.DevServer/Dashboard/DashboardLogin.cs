using System.Security.Cryptography;
using System.Text;
using Omniview.Plugin.Core.State;

namespace Omniview.Plugin.DevServer.Dashboard;

/// <summary>
/// How a browser gets in: a client that has the host's token asks for a link, the link works once, and what it leaves in the
/// browser is a cookie that scripts can't read and other sites' pages don't send.
/// </summary>
internal sealed class DashboardLogin(DashboardSessions sessions)
{
    private const int MostLinks = 256; // that nobody has followed yet, one for each session; the oldest goes

    private readonly Lock _lock = new();
    private readonly List<byte[]> _links = [];
    private int _watching;

    /// <summary>Whether a page is open and connected.</summary>
    public bool IsWatched => Volatile.Read(ref _watching) > 0;

    /// <summary>A page follows the events until the result is disposed.</summary>
    public IDisposable Watch()
    {
        Interlocked.Increment(ref _watching);
        return new Watching(this);
    }

    /// <summary>A link that lets one browser in.</summary>
    /// <param name="port">Where this host answers.</param>
    public Uri NewLink(int port)
    {
        var token = Randomness.Hex(32);
        lock (_lock)
        {
            _links.Add(Encoding.ASCII.GetBytes(token));
            if (_links.Count > MostLinks)
            {
                _links.RemoveAt(0);
            }
        }

        return new Uri($"http://127.0.0.1:{port}/?t={token}");
    }

    /// <summary>Whether the request comes from a browser that was let in.</summary>
    public bool IsLoggedIn(HttpContext context) => context.Request.Cookies.TryGetValue(CookieName(context), out var secret) && sessions.Knows(secret);

    /// <summary>Answers a request for the page itself, of somebody who is not logged in: a link is used up for a cookie.</summary>
    public Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Query["t"] is not [{ } token] || !UseUp(token))
        {
            return LoginPage.WriteAsync(context);
        }

        // Cookies know no ports: without ours in the name, two hosts' would take each other's place.
        context.Response.Cookies.Append(CookieName(context), sessions.Begin(), new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/" });
        Redirect(context);
        return Task.CompletedTask;
    }

    /// <summary>To the page's own address: the token is to stay neither in the address bar nor in the history.</summary>
    public static void Redirect(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = "/";
    }

    private static string CookieName(HttpContext context) => $"omniview-dashboard-{context.Connection.LocalPort}";

    private bool UseUp(string token)
    {
        var given = Encoding.UTF8.GetBytes(token);
        lock (_lock)
        {
            var found = -1;
            for (var index = 0; index < _links.Count; index++)
            {
                found = CryptographicOperations.FixedTimeEquals(_links[index], given) ? index : found;
            }

            if (found >= 0)
            {
                _links.RemoveAt(found);
            }

            return found >= 0;
        }
    }

    private sealed class Watching(DashboardLogin login) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref login._watching);
    }
}
