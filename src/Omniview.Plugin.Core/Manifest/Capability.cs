namespace Omniview.Plugin.Core.Manifest;

/// <summary>
/// The capabilities that Omniview knows. They decide what is built: all but <c>ui</c> are the Go part's.
/// </summary>
internal static class Capability
{
    public const string Ui = "ui";

    public static IReadOnlyList<string> Known { get; } = [
        Ui, "resource", "exec", "networker", "log", "metric", "settings"];

    /// <summary>The known capability that a misspelt one was probably meant to be, or null when none is near.</summary>
    public static string? Nearest(string capability)
    {
        if (capability.Length > 2 * Known.Max(known => known.Length))
        {
            return null;
        }

        var name = capability.Trim().ToLowerInvariant();
        var (nearest, distance) = Known.Select(known => (known, Distance(name, known))).MinBy(pair => pair.Item2);
        return distance <= Math.Max(1, nearest.Length / 3) ? nearest : null;
    }

    /// <summary>Letters to add, drop, change or swap with their neighbour (optimal string alignment).</summary>
    private static int Distance(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    cost[i, j] = i + j;
                    continue;
                }

                var change = a[i - 1] == b[j - 1] ? 0 : 1;
                cost[i, j] = Math.Min(Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1, cost[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[a.Length, b.Length];
    }
}
