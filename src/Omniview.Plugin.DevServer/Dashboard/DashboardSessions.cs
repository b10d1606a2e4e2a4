using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Omniview.Plugin.Core.State;

namespace Omniview.Plugin.DevServer.Dashboard;

/// <summary>
/// The browsers that were let in, by the hash of what their cookie says. They are kept in a file of the user's own, so that a
/// page that is open goes on with the next dev host.
/// </summary>
/// <param name="file">Where they are kept, one in each line: hash and time.</param>
internal sealed class DashboardSessions(string file, TimeProvider? time = null)
{
    private const int Most = 32;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Lock _lock = new();
    private List<(byte[] Hash, long Since)>? _sessions; // null: nobody has asked yet

    /// <summary>Lets one more browser in; what its cookie is to say.</summary>
    public string Begin()
    {
        var secret = Randomness.Hex(32);
        lock (_lock)
        {
            _sessions = [.. Current().TakeLast(Most - 1), (Hash(secret), _time.GetUtcNow().ToUnixTimeSeconds())];
            try
            {
                AtomicFile.Write(file, Encoding.ASCII.GetBytes(string.Concat(_sessions.Select(Line))), OwnerOnly, durable: false);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // it is let in by this host alone
            }
        }

        return secret;
    }

    public bool Knows(string secret)
    {
        var hash = Hash(secret);
        lock (_lock)
        {
            // Every one is compared, and each in fixed time.
            return Current().Aggregate(false, (known, session) => CryptographicOperations.FixedTimeEquals(session.Hash, hash) | known);
        }
    }

    private List<(byte[] Hash, long Since)> Current()
    {
        var oldest = _time.GetUtcNow().ToUnixTimeSeconds() - (long)Lifetime.TotalSeconds;
        _sessions ??= Read();
        _sessions.RemoveAll(session => session.Since < oldest);
        return _sessions;
    }

    private List<(byte[] Hash, long Since)> Read()
    {
        try
        {
            return [.. File.ReadLines(file).Select(Parse).OfType<(byte[], long)>().TakeLast(Most)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string Line((byte[] Hash, long Since) session) => string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(session.Hash)} {session.Since}\n");

    private static (byte[] Hash, long Since)? Parse(string line) =>
        line.Split(' ') is [{ Length: 2 * SHA256.HashSizeInBytes } hash, var since]
        && hash.All(char.IsAsciiHexDigit)
        && long.TryParse(since, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? (Convert.FromHexString(hash), seconds)
            : null;

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
