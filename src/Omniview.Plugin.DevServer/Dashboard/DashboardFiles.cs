using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;

namespace Omniview.Plugin.DevServer.Dashboard;

/// <summary>
/// The page's files, which are inside this assembly. A request names one exactly or gets none: no path is ever made of
/// it.
/// </summary>
internal static class DashboardFiles
{
    private const string Prefix = "dashboard/"; // LogicalName in Dashboard.targets

    private static readonly Assembly Own = typeof(DashboardFiles).Assembly;

    /// <summary>
    /// By path as it is asked for, such as <c>/assets/main-ABC123.js</c>; the page itself is <c>/</c>.
    /// </summary>
    private static readonly Lazy<FrozenDictionary<string, string>> Resources = new(() =>
        Own.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(
                name => name == Prefix + "index.html" ? "/" : name[(Prefix.Length - 1)..], StringComparer.Ordinal));

    public static IEnumerable<string> Paths => Resources.Value.Keys;

    public static async Task WriteAsync(HttpContext context)
    {
        if (!Resources.Value.TryGetValue(context.Request.Path.Value ?? "", out var resource))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using var stream = Own.GetManifestResourceStream(resource)!;
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes, context.RequestAborted);
        var headers = context.Response.Headers;
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16))}\"";
        headers.ETag = tag;
        // an asset's name has its hash
        headers.CacheControl = resource.Contains("/assets/", StringComparison.Ordinal)
            ? "private, max-age=31536000, immutable"
            : "private, no-cache";
        if (headers.ETag == context.Request.Headers.IfNoneMatch)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = Path.GetExtension(resource) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "application/octet-stream",
        };
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
