using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.Ui.Packages;

namespace Omniview.Plugin.Core.Ui.TypeScript;

/// <summary>Checks the types of a UI beside Vite, as strictly as its author does.</summary>
internal static class UiTypes
{
    /// <summary>
    /// What TypeScript says, while others have the processor first: errors, or warnings if that is how the UI's script
    /// takes them. Packages are installed.
    /// </summary>
    /// <param name="request">The UI.</param>
    /// <param name="level">Null: as the UI's script <c>build</c> has it.</param>
    /// <param name="line">Gets what TypeScript prints beside problems.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="DiagnosticException">OVP2004, OVP2005, OVP5007.</exception>
    public static Task<IReadOnlyList<Diagnostic>> CheckAsync(
        UiInstallRequest request, TypeCheckLevel? level, Action<OutputLine> line, CancellationToken cancellation) =>
        CheckAsync(request.Ui, level, UiTools.Find(request), line, isBackground: true, cancellation);

    /// <summary>
    /// Those of <paramref name="types"/> that Vite has not reported on the same line: syntax errors, and modules and
    /// names that are not there.
    /// </summary>
    public static IEnumerable<Diagnostic> Without(IEnumerable<Diagnostic> vite, IEnumerable<Diagnostic> types) =>
        TypeScriptErrors.Without(vite, types);

    internal static async Task<IReadOnlyList<Diagnostic>> CheckAsync(
        UiProject ui,
        TypeCheckLevel? level,
        UiTools tools,
        Action<OutputLine> line,
        bool isBackground,
        CancellationToken cancellation)
    {
        if (Find(ui, level) is not ({ } check, var effective))
        {
            return [];
        }

        var found = await check.RunAsync(ui.Directory, tools, line, isBackground, cancellation);
        return effective == TypeCheckLevel.Error
            ? found
            : [.. found.Select(one => one with { Severity = DiagnosticSeverity.Warning })];
    }

    /// <summary>What is to be checked, and what its errors are; null when nothing is.</summary>
    internal static (TypeScriptCheck Check, TypeCheckLevel Level)? Find(UiProject ui, TypeCheckLevel? level)
    {
        var effective = level ?? BuildScript.TypeCheck(PackageJson.Read(ui.PackageJson).Scripts);
        return effective != TypeCheckLevel.Off && TypeScriptCheck.Find(ui) is { } check ? (check, effective) : null;
    }
}
