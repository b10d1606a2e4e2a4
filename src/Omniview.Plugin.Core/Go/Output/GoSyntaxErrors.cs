namespace Omniview.Plugin.Core.Go.Output;

/// <summary>
/// How the texts of syntax errors begin, or what they are. Go has two parsers: that of the compiler, which says most of
/// them with "syntax error: " before, and that of the go command and vet, which says none so.
/// </summary>
internal static class GoSyntaxErrors
{
    /// <summary>A pattern for the beginning of a text.</summary>
    public static string Pattern { get; } = $"^(?:{string.Join('|', Texts())})";

    private static IEnumerable<string> Texts() =>
    [
        "syntax error: ",
        // cmd/compile/internal/syntax, scanner.go and source.go; go/scanner
        "invalid character ", "illegal ", "newline in ", "unknown escape", "escape ", "octal escape ",
        "(?:string|comment|rune literal|raw string|string literal|raw string literal) not terminated",
        "more than one character in rune", "empty rune ", "curly quotation mark ",
        "invalid (?:UTF-8|NUL|BOM|digit |radix point in )", "'_' must separate", "identifier cannot begin with digit ",
        "(?:hexadecimal|octal|binary|decimal) literal", "exponent has no digits", "'[eEpP]' exponent requires ",
        "hexadecimal mantissa requires ", "I/O error: ", "invalid (?:line|column) number: ",
        // cmd/compile/internal/syntax, parser.go; go/parser
        "expected ", "missing ',' ", "missing import path", "import path must be a string",
        "imports must appear before ", "(?:middle|final) index required in 3-index slice$",
        @"can only use \.\.\. with final parameter$", @"invalid use of \.\.\.$",
        "method has (?:no|multiple) receivers?$",
        @"expression in \w+ must not be parenthesized$",
        "empty type (?:parameter|argument) list$",
        "(?:interface method|function type) must have no type parameters$", "cannot parenthesize ",
        "exceeded max nesting depth$", "missing condition in if ", @"unexpected (?:comma|semicolon|newline)\b",
        "var declaration not allowed in if ",
        @"missing (?:type constraint|parameter (?:name|type)|type parameter name)\b", "parsing //go:build",
        // cmd/compile/internal/noder: directives
        "misplaced (?:compiler directive|go:wasm)", "usage: //go:", "invalid (?:symbol|library) name \"",
        "invalid path \".*\" in //go:", "//go:.* only allowed in ", @"duplicate //\S+ for ",
        @"//\S+ (?:must refer to |reference of an )", "can only use //go:",
        @"go:\w+ (?:and go:\w+ cannot be combined$|requires go:)",
    ];
}
