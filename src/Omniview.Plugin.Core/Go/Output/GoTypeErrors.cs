using System.Collections.Frozen;
using System.Globalization;
using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Go.Output;

/// <summary>
/// The errors of Go's type checker as codes of letters and digits, which is what error lists take for a code. The
/// number is the one the toolchain gives the error (<c>internal/types/errors/codes.go</c>: numbers never change, new
/// errors are added at the end). <c>type-errors.txt</c> has them as lines <c>number name</c>.
/// </summary>
internal static class GoTypeErrors
{
    /// <summary>The page of all of them.</summary>
    public const string Page = "GO7";

    private const string Resource = "type-errors.txt";

    private static readonly FrozenDictionary<string, string> Codes = Read();

    private static readonly FrozenDictionary<string, string> Names =
        Codes.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.OrdinalIgnoreCase);

    /// <summary>The code of an error's name, and the name; in the order of the numbers.</summary>
    public static IEnumerable<(string Code, string Name)> All =>
        Names.Select(pair => (pair.Key, pair.Value)).OrderBy(pair => pair.Key, StringComparer.Ordinal);

    /// <summary>The code of an error; null for a name that only a newer Go has.</summary>
    public static string? CodeOf(string name) => Codes.GetValueOrDefault(name);

    /// <summary>The toolchain's name of an error; null for what is no code of these.</summary>
    public static string? NameOf(string code) => Names.GetValueOrDefault(code);

    /// <summary>The error by its name: with its code, the name at the text's end, and Go's page.</summary>
    public static Diagnostic Named(Diagnostic diagnostic, string name) =>
        diagnostic with
        {
            Code = CodeOf(name) ?? diagnostic.Code,
            Message = diagnostic.Message + Suffix(name),
            HelpLink = HelpPages.ForGo(name),
        };

    /// <summary>The text as the compiler tells it when it is not asked for names.</summary>
    public static string TextOf(Diagnostic diagnostic) =>
        NameOf(diagnostic.Code) is { } name && diagnostic.Message.EndsWith(Suffix(name), StringComparison.Ordinal)
            ? diagnostic.Message[..^Suffix(name).Length]
            : diagnostic.Message;

    private static string Suffix(string name) => $" [{name}]";

    private static FrozenDictionary<string, string> Read()
    {
        using var reader = new StreamReader(
            typeof(GoTypeErrors).Assembly.GetManifestResourceStream(Resource)!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' '))
            .ToFrozenDictionary(
                pair => pair[1],
                // The one number below zero is that of a fault of the checker itself; 0 is nobody's.
                pair => string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Page}{Math.Max(0, int.Parse(pair[0], CultureInfo.InvariantCulture)):000}"),
                StringComparer.Ordinal);
    }
}
