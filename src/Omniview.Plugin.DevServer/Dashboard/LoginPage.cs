using System.Security.Cryptography;
using System.Text;

namespace Omniview.Plugin.DevServer.Dashboard;

/// <summary>What a browser sees that has not come by a link of ours: how to get one, and nothing of this host.</summary>
internal static class LoginPage
{
    private const string Style = """
        :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
        body { max-width: 34rem; margin: 15vh auto 0; padding: 0 1.5rem; }
        h1 { font-size: 1.25rem; }
        code { font: 0.9em ui-monospace, monospace; padding: 0.15em 0.4em; border: 1px solid; border-radius: 4px; }
        """;

    private static readonly string Html = $"""
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>Omniview dev host</title>
        <style>{Style}</style>
        <h1>This dashboard opens by a link</h1>
        <p>Each link works once, so that no other page or user gets in. Get one from the terminal:</p>
        <ul>
        <li>press <code>o</code> where the dev loop runs, or</li>
        <li>run <code>omniview-plugin-dev open --dashboard</code></li>
        </ul>
        <p>If this browser has opened it already, <a href="/">go on to the dashboard</a>.</p>
        </html>
        """;

    private static readonly string StyleHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));

    public static Task WriteAsync(HttpContext context)
    {
        SecurityHeaders.AllowOnlyStyle(context.Response.Headers, StyleHash);
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(Html, context.RequestAborted);
    }
}
