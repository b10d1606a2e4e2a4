using System.Text.Json;
using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Ui.Vite;

/// <summary>What Vite answered when it was asked for a module.</summary>
/// <param name="Status">Of HTTP.</param>
/// <param name="Text">The module, as a browser gets it, or a page that says what is wrong.</param>
internal sealed partial record ViteAnswer(int Status, string Text)
{
    /// <summary>The URLs it imports, statically or not, as far as they are modules of the author's.</summary>
    public IEnumerable<string> Imports() =>
        Status != 200
            ? []
            : Import().Matches(Text).Select(match => Timestamp().Replace(match.Groups["url"].Value, ""))
            .Where(url => !OfVite().IsMatch(url)).Distinct();

    /// <summary>What is wrong with it.</summary>
    /// <param name="file">The file it is made of.</param>
    /// <param name="uiDirectory">Absolute path of the UI folder.</param>
    public IEnumerable<Diagnostic> Problems(string file, string uiDirectory)
    {
        if (Status is < 400 or 404 or 504) // 504: a dependency was bundled anew meanwhile; the browser asks again
        {
            return [];
        }

        if (Error().Match(Text) is not { Success: true } page)
        {
            return [Diagnostic.Error(
                DiagnosticCodes.ViteBuildFailed, $"Vite does not serve this file: it answers {Status}. A file " +
                    "outside of the UI folder must be in server.fs.allow of vite.config.").At(file)];
        }

        using var json = JsonDocument.Parse(page.Groups["json"].Value);
        var error = json.RootElement;
        var place = error.TryGetProperty("loc", out var loc) && loc.ValueKind == JsonValueKind.Object
            && loc.TryGetProperty("line", out var line) && loc.TryGetProperty("column", out var column)
            ? $"{Word(loc, "file") ?? Word(error, "id") ?? file}:{line}:{column}"
            : Word(error, "id") ?? file;
        var message = (Word(error, "message") ?? "").Replace(
            "Transform failed with", "Build failed with", StringComparison.Ordinal);
        List<string> report = [.. message.Split('\n'), $"file: {place}"]; // as a failed build says it
        var found = ViteErrors.Find(report, report, uiDirectory);
        return found.Count > 0
            ? found
            : [Diagnostic.Error(
                DiagnosticCodes.ViteBuildFailed, message.Length > 0 ? message : "Vite can't serve this file and " +
                    "does not say why.").At(file)];
    }

    private static string? Word(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            && value.GetString() is { Length: > 0 } text
            ? text
            : null;

    [GeneratedRegex("""(?:\bfrom|\bimport|\bsrc=)\s*\(?\s*(["'])(?<url>/[^"'\\\s]+)\1""")]
    private static partial Regex Import();

    [GeneratedRegex(@"(?<=[?&])t=\d+&?|[?&]t=\d+$")]
    private static partial Regex Timestamp();

    [GeneratedRegex("/node_modules/|/@vite|/@id/|/@react-refresh|^//")]
    private static partial Regex OfVite();

    /// <summary>The error as its overlay gets it: vite, server/middlewares/error.ts.</summary>
    [GeneratedRegex(@"^\s*const error = (?<json>\{.*\})\s*;?\s*$", RegexOptions.Multiline)]
    private static partial Regex Error();
}
