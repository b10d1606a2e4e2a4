using System.Text.RegularExpressions;

namespace Omniview.Plugin.Core.Go.Output;

/// <summary>
/// What the compiler says for information only, when a flag asks it to (<c>-m</c>, <c>-live</c>, some of <c>-d</c>).
/// </summary>
internal static partial class GoNote
{
    public static bool Is(string text) => Text().IsMatch(text);

    // The texts of base.WarnfAt in cmd/compile/internal.
    [GeneratedRegex(
        @"^(?:(?:can|cannot) inline |inlining call to |leaking param|(?:mutates|calls) param: |moved to heap: "
            + @"|(?:partially |cannot )?devirtualiz|live at |stack object |generated nil check$|write barrier$"
            + @"|(?:heap|stack) closure, captured vars |closure converted to global$|type assertion (?:not )?inlined$"
            + @"|loop variable .* now per-iteration, |intrinsic substitution for |\S+ ignoring self-assignment in "
            + @"|zero-copy string->\[\]byte conversion$"
            + @"|.* (?:escapes to heap|does not escape)(?:, mutate, or call)?(?:(?: in .*)?:)?$)",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Text();
}
