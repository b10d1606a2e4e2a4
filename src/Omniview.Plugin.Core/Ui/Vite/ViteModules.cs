using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Ui.Packages;

namespace Omniview.Plugin.Core.Ui.Vite;

/// <summary>
/// What Vite serves, asked for as a browser would: the entry that Omniview loads and the page of the UI, and all that
/// these import. So an error shows without a browser, and is gone when Vite serves the file again, whatever Vite prints
/// of it.
/// </summary>
/// <param name="ui">The UI.</param>
/// <param name="port">Where Vite answers.</param>
internal sealed class ViteModules(UiProject ui, int port) : IDisposable
{
    private const int Most = 2000;

    private static readonly string[] Entries = [
        "src/entry.ts", "src/entry.tsx", "src/entry.js", "src/entry.jsx", "index.html"];

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
    {
        BaseAddress = new UriBuilder("http", "127.0.0.1", port).Uri,
        Timeout = TimeSpan.FromMinutes(2),
    };
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private Dictionary<string, Module> _modules = new(StringComparer.Ordinal);
    private string? _base;

    /// <summary>A page was refused this file, which may be none that the entry imports.</summary>
    /// <param name="file">Absolute path.</param>
    public void Include(string file)
    {
        lock (_asked)
        {
            _asked.Add(file);
        }
    }

    /// <summary>Whether Vite answers, as only Vite does.</summary>
    public async Task<bool> IsViteAsync(CancellationToken cancellation)
    {
        using var answer = await _http.GetAsync(Url(
            await BaseAsync(cancellation) + "@vite/client"), HttpCompletionOption.ResponseHeadersRead, cancellation);
        return answer.IsSuccessStatusCode
            && answer.Content.Headers.ContentType?.MediaType?.Contains("javascript", StringComparison.Ordinal) == true;
    }

    /// <summary>
    /// Asks for what is new, was saved since the last look, or had an error. Vite hears of a save on its own: of one it
    /// may not have heard yet, the answer is the old one, so <c>Unsure</c> says to look again.
    /// </summary>
    /// <param name="everything">Asks for all of it: something changed that is no module, but may be in one.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="HttpRequestException">Vite does not answer.</exception>
    public async Task<(IReadOnlyList<Diagnostic> Problems, bool Unsure)> LookAsync(
        bool everything, CancellationToken cancellation)
    {
        var root = await BaseAsync(cancellation);
        var before = _modules;
        var now = new Dictionary<string, Module>(StringComparer.Ordinal);
        var open = new Queue<string>(Roots().Select(file => UrlOf(root, file)));
        List<Diagnostic> problems = [];
        while (now.Count < Most && open.TryDequeue(out var url))
        {
            if (now.ContainsKey(url))
            {
                continue;
            }

            var file = FileOf(root, url);
            var stamp = Stamp.Of(file);
            var known = before.GetValueOrDefault(url);
            if (
                everything
                || known is null
                || known.Stamp != stamp
                || known.IsUnsure
                || known.Problems.Count > 0
                || known.Imports.Any(one =>
                    Stamp.Of(FileOf(root, one)) is null && before.GetValueOrDefault(one)?.Stamp is not null))
            {
                var answer = await GetAsync(url, cancellation);
                known = new Module(
                    stamp,
                    answer,
                    [.. answer.Imports().Where(one => one.StartsWith(root, StringComparison.Ordinal))],
                    stamp is null ? [] : [.. answer.Problems(file, ui.Directory)])
                {
                    IsUnsure = known is not null && known.Answer == answer && (known.Stamp != stamp || known.IsUnsure),
                };
            }

            now[url] = known;
            problems.AddRange(known.Problems);
            foreach (var import in known.Imports)
            {
                open.Enqueue(import);
            }
        }

        _modules = now;
        return ([.. problems.Distinct()], now.Values.Any(one => one.IsUnsure));
    }

    /// <summary>There is nothing more to wait for: what was answered last is the answer.</summary>
    public void AcceptAnswers()
    {
        foreach (var module in _modules.Values)
        {
            module.IsUnsure = false;
        }
    }

    /// <summary>Whether a file is one that Vite was asked for.</summary>
    public bool Knows(string file) => _base is { } root && _modules.Keys.Any(url => FileOf(root, url) == file);

    public void Dispose() => _http.Dispose();

    /// <summary>Vite sends who asks for the root to its <c>base</c>.</summary>
    private async Task<string> BaseAsync(CancellationToken cancellation)
    {
        if (_base is null)
        {
            using var answer = await _http.GetAsync(Url("/"), HttpCompletionOption.ResponseHeadersRead, cancellation);
            var location = (int)answer.StatusCode is >= 300 and < 400 ? answer.Headers.Location?.OriginalString : null;
            _base = location is { Length: > 1 } && location.StartsWith('/') && location.EndsWith('/') ? location : "/";
        }

        return _base;
    }

    /// <summary>Forgets the base: Vite may have started anew with another.</summary>
    public void Forget() => (_base, _modules) = (null, new Dictionary<string, Module>(StringComparer.Ordinal));

    private IEnumerable<string> Roots()
    {
        lock (_asked)
        {
            _asked.RemoveWhere(file => !File.Exists(file));
            return [.. Entries.Select(name => Path.Combine(ui.Directory, name)).Where(File.Exists), .. _asked];
        }
    }

    private string UrlOf(string root, string file)
    {
        var relative = Path.GetRelativePath(ui.Directory, file).Replace('\\', '/');
        return root
            + (
                relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(relative)
                    ? "@fs/" + file.Replace('\\', '/').TrimStart('/')
                    : relative);
    }

    private string FileOf(string root, string url)
    {
        var path = Uri.UnescapeDataString(url.Split('?')[0][root.Length..]);
        return path.StartsWith("@fs/", StringComparison.Ordinal)
            ? Path.GetFullPath(OperatingSystem.IsWindows() ? path["@fs/".Length..] : path["@fs".Length..])
            : Path.GetFullPath(path, ui.Directory);
    }

    private async Task<ViteAnswer> GetAsync(string url, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Url(url));
        request.Headers.Accept.ParseAdd("*/*");
        using var answer = await _http.SendAsync(request, cancellation);
        return new ViteAnswer((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellation));
    }

    private static Uri Url(string path) => new(path, UriKind.Relative);

    private sealed record Module(
        Stamp? Stamp, ViteAnswer Answer, IReadOnlyList<string> Imports, IReadOnlyList<Diagnostic> Problems)
    {
        public bool IsUnsure { get; set; }
    }

    private sealed record Stamp(DateTime Written, long Length)
    {
        public static Stamp? Of(string file) =>
            new FileInfo(file) is { Exists: true } one ? new Stamp(one.LastWriteTimeUtc, one.Length) : null;
    }
}
