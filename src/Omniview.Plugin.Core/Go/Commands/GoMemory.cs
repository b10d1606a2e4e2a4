using System.Globalization;
using Omniview.Plugin.Core.Go.Toolchain;

namespace Omniview.Plugin.Core.Go.Commands;

/// <summary>
/// How much memory a build may take to be faster. Compiler and linker are Go programs: without their garbage collector
/// an edit takes a seventh less time, and a first build a fifth (Go 1.27). It is left out for as long as all of them at
/// once, one for each processor, take no more than half of the machine; beyond, it works as ever (pkg.go.dev/runtime,
/// GOGC and GOMEMLIMIT).
/// </summary>
internal static class GoMemory
{
    private const long LargestLimit = 768L * 1024 * 1024; // hardly any package, and hardly any program, needs as much
    private const long SmallestLimit = 96L * 1024 * 1024;

    /// <summary>What a build is told, with its memory.</summary>
    public static Dictionary<string, string?> EnvironmentFor(GoRequest request)
    {
        var environment = new Dictionary<string, string?>(
            GoBuildArguments.EnvironmentFor(request), StringComparer.Ordinal);
        foreach (var (name, value) in For(request.Environment))
        {
            environment[name] = value;
        }

        return environment;
    }

    /// <summary>The variables for <c>go build</c>; what somebody set already is left alone.</summary>
    public static IEnumerable<KeyValuePair<string, string>> For(IReadOnlyDictionary<string, string?> environment) =>
        For(environment, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, Environment.ProcessorCount);

    /// <param name="environment">Overrides that of this process.</param>
    /// <param name="memory">Bytes of the machine, or of the container.</param>
    /// <param name="processors">How many programs run at once.</param>
    internal static IEnumerable<KeyValuePair<string, string>> For(
        IReadOnlyDictionary<string, string?> environment, long memory, int processors)
    {
        var limit = Math.Min(LargestLimit, memory / 2 / processors);
        if (limit < SmallestLimit || GoSettings.Get(environment, "GOGC") is not null
            || GoSettings.Get(environment, "GOMEMLIMIT") is not null)
        {
            return [];
        }

        return [new("GOGC", "off"), new("GOMEMLIMIT", limit.ToString(CultureInfo.InvariantCulture))];
    }
}
