using System.Text.RegularExpressions;

namespace Omniview.Plugin.Core.Go.Output;

/// <summary>Lines that are no problem of their own.</summary>
internal static partial class GoNoise
{
    public static bool Is(string text) => Progress().IsMatch(text) || Warning().IsMatch(text) || OpensCommand(text);

    /// <summary>Whether it is a command that <c>-x</c> or <c>-n</c> shows.</summary>
    public static bool OpensCommand(string text) => Command().IsMatch(text);

    /// <summary>Progress, the names of -v, and lines that only repeat or lead to what is beside them.</summary>
    [GeneratedRegex(
        // the go command
        @"^(?:go: (?:downloading|finding|extracting|found|upgraded|added|removed) "
            + @"|go: errors parsing .*:$|go: error loading .*go\.(?:work|mod):$|malformed go\.sum:$"
            + @"|go: cannot load module .*: errors parsing .*:$"
            + @"|exit status [0-9]+$|note: module requires Go |WORK=|asm: assembly (?:of .* )?failed$"
            // C compilers
            + @"|compilation terminated\.$|In file included from |\s+from \S.*:[0-9]+(?::[0-9]+)?[,:]$"
            + @"|\s*(?:[0-9]+ )?\|(?: |$)|\S.*:[0-9]+:\s+(?:recursively )?required (?:from|by) "
            + @"|[0-9]+ (?:errors?|warnings?)(?: and [0-9]+ (?:errors?|warnings?))? generated\.$"
            + @"|\S.*\.[a-z]+: (?:In function .*:|At top level:|In .*:)$"
            // the end of a list, and a package of -v
            + @"|too many errors$|[^\s:{}]+$)",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Progress();

    // All in cmd/go that goes to standard error and ends nothing. That a pattern matches nothing may be all that is
    // told of a run that fails.
    [GeneratedRegex(
        @"^(?:go: ignoring (?:package|requirement) |# ignoring directory "
            + @"|(?:go: )?warning: (?!"".*"" matched no packages$))",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Warning();

    [GeneratedRegex(
        @"^(?:(?:mkdir -p|cd|cp|mv|rm -r?f?|touch|ln -s|chmod|printf|ar [a-z]+|go tool [a-z]+) \S"
            + @"|echo .* > ?\S|cat > ?\S|true$|\$WORK\b"
            + @"|(?:[A-Z][A-Z0-9_]*=(?:'[^']*'|""[^""]*""|\S*) )*""?(?:[A-Za-z]:)?[^\s:]*[\\/]pkg[\\/]tool[\\/]"
            + @"[^\s:]+ -"
            + @"|(?:[A-Z][A-Z0-9_]*='[^']*' )+\S)|\S.* # internal$",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Command();
}
