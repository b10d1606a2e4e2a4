using System.Globalization;

namespace Omniview.Plugin.Testing;

/// <summary>
/// How long a test and a wait may take. They only guard against hanging: a machine three times slower, with all its
/// processors busy, must not meet them. No test may conclude anything from them.
/// </summary>
public static class Limits
{
    /// <summary>Shortens the limit of a test, for tests of the limit itself; in milliseconds.</summary>
    public const string TestLimitVariable = "OVP_TEST_LIMIT";

    /// <summary>
    /// Of one wait for something that is sure to come. Shorter than that of a test, so that a wait in vain can say what
    /// it waited for.
    /// </summary>
    public static readonly TimeSpan Wait = TimeSpan.FromMinutes(4);

    /// <summary>Of each test that names none, with its set-up and its end.</summary>
    public static int TestMilliseconds { get; } =
        int.TryParse(
            Environment.GetEnvironmentVariable(TestLimitVariable),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var limit)
            ? limit
            : Long;

    /// <summary>Ten minutes, in the unit of <see cref="Xunit.v3.IFactAttribute.Timeout"/>.</summary>
    private const int Long = 10 * 60 * 1000;
}
