using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Building;
using Omniview.Plugin.Core.Go.Commands;
using Omniview.Plugin.Core.Go.Toolchain;

namespace Omniview.Plugin.Core.Packaging;

/// <summary>
/// A program that was built before, by whatever build came last: of another configuration, for a debugger, with cgo. Go
/// writes into it how it was built, and that is compared with how it would be built now.
/// </summary>
internal static partial class BuiltProgram
{
    private static readonly string[] Flags = ["gcflags", "race", "tags", "trimpath"];

    /// <summary>OVP4006, or null: it is built as the request says, or does not say how it was built.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static Diagnostic? Difference(GoRequest request, string program)
    {
        if (GoBuildInfo.Read(program) is not { } settings)
        {
            return null;
        }

        var differences = Flags.Select(name => ($"-{name}", Built: settings.GetValueOrDefault($"-{name}"),
            Asked: Asked(request, name)));
        if (GoSettings.Get(request.Environment, "CGO_ENABLED") is { } cgo)
        {
            differences = differences.Append(("CGO_ENABLED", settings.GetValueOrDefault("CGO_ENABLED"), cgo));
        }

        var texts = differences.Where(one => one.Built != one.Asked)
            .Select(one => $"{Shown(one.Item1, one.Built)} instead of {Shown(one.Item1, one.Asked)}").ToList();
        return texts.Count == 0
            ? null
            : Diagnostic.Error(
                DiagnosticCodes.BuiltOtherwise,
                $"{program} was built with {string.Join(", ", texts)}. With --no-build it would be shipped as it " +
                "is: leave --no-build out, or build with the same configuration and properties before.").At(program);
    }

    /// <summary>What the flag will be, as Go writes it down; null for none. The last of several counts.</summary>
    private static string? Asked(GoRequest request, string name)
    {
        List<string> said =
        [
            .. Word().Matches(GoSettings.Get(request.Environment, "GOFLAGS") ?? "")
                .Select(match => match.Value.Trim('\'', '"')),
        ];
        said.AddRange(GoFlags.For(request, GoCommand.Build));
        string? value = null;
        for (var i = 0; i < said.Count; i++)
        {
            var parts = said[i].TrimStart('-').Split('=', 2);
            if (said[i].StartsWith('-') && parts[0] == name)
            {
                value = parts.Length == 2 ? parts[1]
                    : name is "gcflags" or "tags" ? said.ElementAtOrDefault(++i)
                    : "true";
            }
        }

        return value is "" or "false" ? null : value;
    }

    private static string Shown(string name, string? value) => value is null ? $"no {name}" : $"{name}={value}";

    [GeneratedRegex("""(?:'[^']*'|"[^"]*"|\S)+""")]
    private static partial Regex Word();
}
