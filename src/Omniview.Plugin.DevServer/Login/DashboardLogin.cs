using System.Security.Cryptography;
using System.Text;
using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Login;

/// <summary>
/// How a browser gets in: a client that has the host's token asks for a link, the page behind the link gives the link's
/// token for a secret of its own, once, and sends that with each request. Both end with this host. A cookie would go to
/// every server on 127.0.0.1: cookies know no ports (RFC 6265, 8.5).
/// </summary>
internal sealed class DashboardLogin(LinkFiles files) : IDisposable
{
    private const int Most = 256; // links that nobody has followed yet, and pages; the oldest goes

    private readonly Lock _lock = new();
    private readonly List<(byte[] Token, string? File)> _links = [];
    private readonly List<byte[]> _pages = [];
    private int _watching;

    /// <summary>Whether a page is open and connected.</summary>
    public bool IsWatched => Volatile.Read(ref _watching) > 0;

    /// <summary>A page follows the events until the result is disposed.</summary>
    public IDisposable Watch()
    {
        Interlocked.Increment(ref _watching);
        return new Watching(this);
    }

    /// <summary>A link that lets one browser in, to be read by a person.</summary>
    /// <param name="port">Where this host answers.</param>
    public Uri NewLink(int port) => NewLink(port, plugin: null, write: _ => null).Link;

    /// <summary>A link that lets one browser in, and a file that leads there.</summary>
    /// <param name="port">Where this host answers.</param>
    /// <param name="plugin">The plugin to show; null for all.</param>
    public DashboardLink NewLinkInFile(int port, string? plugin)
    {
        var (link, file) = NewLink(port, plugin, files.Write);
        return new DashboardLink(link.AbsoluteUri, file ?? "", IsWatched);
    }

    /// <summary>Uses the token of a link up for the secret of a page; null when there is no such link.</summary>
    public string? Exchange(string token)
    {
        var secret = Randomness.Hex(32);
        lock (_lock)
        {
            var given = Encoding.UTF8.GetBytes(token);
            var found = _links.FindIndex(link => CryptographicOperations.FixedTimeEquals(link.Token, given));
            if (found < 0)
            {
                return null;
            }

            LinkFiles.Delete(_links[found].File);
            _links.RemoveAt(found);
            _pages.Add(Encoding.ASCII.GetBytes(secret));
            if (_pages.Count > Most)
            {
                _pages.RemoveAt(0);
            }
        }

        return secret;
    }

    /// <summary>Whether this is the secret of a page that was let in.</summary>
    public bool Knows(byte[] secret)
    {
        lock (_lock)
        {
            return _pages.Exists(page => CryptographicOperations.FixedTimeEquals(page, secret));
        }
    }

    /// <summary>No link leads in any more; a page that is open sees this host's last words.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _links.ForEach(link => LinkFiles.Delete(link.File));
            _links.Clear();
        }
    }

    private (Uri Link, string? File) NewLink(int port, string? plugin, Func<Uri, string?> write)
    {
        var token = Randomness.Hex(32);
        var shown = plugin is null ? "" : $"&plugin={Uri.EscapeDataString(plugin)}";
        var link = new Uri($"http://127.0.0.1:{port}/#t={token}{shown}"); // no request has what is behind a '#'
        var file = write(link);
        lock (_lock)
        {
            _links.Add((Encoding.ASCII.GetBytes(token), file));
            if (_links.Count > Most)
            {
                LinkFiles.Delete(_links[0].File);
                _links.RemoveAt(0);
            }
        }

        return (link, file);
    }

    private sealed class Watching(DashboardLogin login) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref login._watching);
    }
}
