using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Go.Output;

/// <summary>
/// The names of the type errors people make most, told by their text alone: to ask the compiler takes as long as the
/// failed build did, and most failed builds have no other errors. Those of labels and jumps are found before types are
/// checked, and the compiler never says their names.
/// </summary>
internal static partial class GoObviousNames
{
    private static readonly (Regex Text, string Name)[] Known =
    [
        (Undeclared(), "UndeclaredName"),
        (UndeclaredImported(), "UndeclaredImportedName"),
        (UnusedVariable(), "UnusedVar"),
        (UnusedImport(), "UnusedImport"),
        (NoReturn(), "MissingReturn"),
        (NoMember(), "MissingFieldOrMethod"),
        (WrongType(), "IncompatibleAssign"),
        (NoInitBody(), "MissingInitBody"),
        (UnusedLabel(), "UnusedLabel"),
        (UndeclaredLabel(), "UndeclaredLabel"),
        (DuplicateLabel(), "DuplicateLabel"),
        (MisplacedLabel(), "MisplacedLabel"),
        (MisplacedBreak(), "MisplacedBreak"),
        (MisplacedContinue(), "MisplacedContinue"),
        (MisplacedFallthrough(), "MisplacedFallthrough"),
        (NoCallInDefer(), "InvalidDefer"),
        (NoCallInGo(), "InvalidGo"),
        (JumpIntoBlock(), "JumpIntoBlock"),
        (JumpOverDeclaration(), "JumpOverDecl"),
        (RenamedC(), "ImportCRenamed"),
        (InterfaceCycle(), "InvalidTypeCycle"),
    ];

    /// <summary>The name in internal/types/errors, or null when the text could be that of several.</summary>
    public static string? Of(string message) => Array.Find(Known, one => one.Text.IsMatch(message)).Name;

    /// <summary>Whether the compiler may have a name for what it has said so far without one.</summary>
    public static bool MayBeAskedFor(Diagnostic diagnostic) =>
        diagnostic is { Code: DiagnosticCodes.GoProblem, Severity: DiagnosticSeverity.Error }
            && !OfBackEnd().IsMatch(diagnostic.Message);

    [GeneratedRegex(@"^undefined: [^\s.]+$")]
    private static partial Regex Undeclared();

    [GeneratedRegex(@"^undefined: [^\s.]+\.[^\s.]+$")]
    private static partial Regex UndeclaredImported();

    [GeneratedRegex(@"^declared and not used: \S+$")]
    private static partial Regex UnusedVariable();

    [GeneratedRegex(@"^""[^""]+"" imported (?:as \S+ )?and not used$")]
    private static partial Regex UnusedImport();

    [GeneratedRegex("^missing return$")]
    private static partial Regex NoReturn();

    [GeneratedRegex(@"^\S+ undefined \(type \S+ has no field or method [^\s,]+\)$")]
    private static partial Regex NoMember();

    // Of channels it may be InvalidChanAssign.
    [GeneratedRegex(
        @"^cannot use (?![^\n]*\bchan\b)[^\n]{1,200} as [^\s()]+ value in "
            + @"(?:assignment|argument to \S+|return statement|variable declaration)$"
    )]
    private static partial Regex WrongType();

    [GeneratedRegex("^func init must have a body$")]
    private static partial Regex NoInitBody();

    // The parser of the go command says these too, without a name.
    [GeneratedRegex("^expression in defer must be function call$")]
    private static partial Regex NoCallInDefer();

    [GeneratedRegex("^expression in go must be function call$")]
    private static partial Regex NoCallInGo();

    // From here on the texts are those of cmd/compile/internal/syntax/branches.go, and of labels.go and stmt.go in
    // go/types, which vet uses.
    [GeneratedRegex(@"^label \S+ (?:defined|declared) and not used$")]
    private static partial Regex UnusedLabel();

    [GeneratedRegex(@"^(?:label \S+ not (?:defined|declared)|(?:break|continue) label not defined: \S+)$")]
    private static partial Regex UndeclaredLabel();

    [GeneratedRegex(@"^label \S+ already (?:defined at [^\n]+|declared(?:\n[^\n]+)?)$")]
    private static partial Regex DuplicateLabel();

    [GeneratedRegex(@"^invalid (?:break|continue) label \S+$")]
    private static partial Regex MisplacedLabel();

    [GeneratedRegex("^break (?:is not in a loop, switch, or select|not in for, switch, or select statement)$")]
    private static partial Regex MisplacedBreak();

    [GeneratedRegex("^continue (?:is not in a loop|not in for statement)$")]
    private static partial Regex MisplacedContinue();

    [GeneratedRegex(
        "^(?:fallthrough statement out of place|cannot fallthrough (?:final case in switch|in type switch))$")]
    private static partial Regex MisplacedFallthrough();

    [GeneratedRegex(@"^goto \S+ jumps into block(?: starting at [^\n]+)?$")]
    private static partial Regex JumpIntoBlock();

    [GeneratedRegex(@"^goto \S+ jumps over (?:declaration of \S+ at [^\n]+|variable declaration at line [0-9]+)$")]
    private static partial Regex JumpOverDeclaration();

    // cgo, which goes before the compiler, and the compiler
    [GeneratedRegex(@"^cannot rename import ""C""$")]
    private static partial Regex RenamedC();

    // The compiler finds it after its type checker, which says the names.
    [GeneratedRegex("^invalid recursive type: anonymous interface refers to itself ")]
    private static partial Regex InterfaceCycle();

    // What is found after type checking has no name: base.ErrorfAt with code 0 in cmd/compile/internal.
    [GeneratedRegex(
        @"^(?:stack frame too large |(?:interface|type .*|channel element type|map (?:key|element) type) too large"
            + @"|type .* larger than address space$|.* with length [0-9]+ is too big$|go:embed cannot apply to "
            + @"|embed .*: |.*(?:\bincomplete \(or unallocatable\)|, not allowed in runtime$)|write barrier prohibited"
            + @"|\S+: (?:unsupported (?:parameter|result) type |too many return values$)|cannot use //go:)"
    )]
    private static partial Regex OfBackEnd();
}
