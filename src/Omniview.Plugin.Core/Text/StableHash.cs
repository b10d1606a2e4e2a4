using System.Text;

namespace Omniview.Plugin.Core.Text;

/// <summary>
/// A number that follows from a text: the same in every process, which that of string.GetHashCode is not.
/// </summary>
internal static class StableHash
{
    /// <summary>FNV-1a, 32 bits, of the UTF-8.</summary>
    public static uint Of(string text) =>
        Encoding.UTF8.GetBytes(text).Aggregate(2166136261u, (hash, one) => unchecked((hash ^ one) * 16777619u));
}
