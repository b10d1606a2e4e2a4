using System.Text.RegularExpressions;
using Microsoft.Diagnostics.Runtime;

namespace Omniview.Plugin.TestWatchdog;

/// <summary>
/// The async methods that stand at an await, each with the one that awaits it: no thread's stack shows them. Found on
/// the heap as boxed state machines (System.Private.CoreLib, AsyncTaskMethodBuilderT.cs).
/// </summary>
internal sealed partial class AwaitingMethods(ClrHeap heap)
{
    public void Write(TextWriter output)
    {
        var methods = heap.EnumerateObjects().Where(one => NameOf(one) is not null && IsSuspended(one))
            .ToDictionary(one => one.Address);
        var awaiting = methods.Values.ToDictionary(one => one.Address, Continuation);
        var outer = awaiting.Values.ToHashSet();
        var chains = methods.Keys.Where(address => !outer.Contains(address)).Select(Chain).Where(
            chain => chain.Length > 0)
            .GroupBy(chain => chain).OrderBy(chain => chain.Key, StringComparer.Ordinal);
        foreach (var chain in chains)
        {
            output.WriteLine($"  awaiting{(chain.Count() > 1 ? $", {chain.Count()} times" : "")}\n{chain.Key}");
        }

        string Chain(ulong address)
        {
            var lines = new List<string>();
            for (
                var seen = new HashSet<ulong>();
                methods.TryGetValue(address, out var method) && seen.Add(address);
                address = awaiting[address])
            {
                if (NameOf(method) is { } name && !name.StartsWith("Xunit.", StringComparison.Ordinal))
                {
                    lines.Add($"    in {name}");
                }
            }

            return string.Join('\n', lines);
        }
    }

    /// <summary>Null for what is no state machine.</summary>
    private static string? NameOf(ClrObject one) =>
        one.Type?.Name is { } name && Box().Match(name) is { Success: true } match ? match.Groups[1].Value : null;

    private static bool IsSuspended(ClrObject one)
    {
        try
        {
            return one.ReadValueTypeField("StateMachine").ReadField<int>("<>1__state") >= 0;
        }
        catch (ArgumentException)
        {
            return false; // a class in debug builds
        }
    }

    /// <summary>Who goes on when the method ends; 0 when that is no method.</summary>
    private static ulong Continuation(ClrObject one)
    {
        var next = one.ReadObjectField("m_continuationObject");
        if (next.Type?.Name == "System.Action")
        {
            next = next.ReadObjectField("_target");
        }

        return next.IsNull ? 0 : next.Address;
    }

    [GeneratedRegex(@"AsyncStateMachineBox<(.+)>$")]
    private static partial Regex Box();
}
