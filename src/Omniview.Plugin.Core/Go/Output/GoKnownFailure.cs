using System.Text.RegularExpressions;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Go.Modules;
using Omniview.Plugin.Core.Go.Toolchain;

namespace Omniview.Plugin.Core.Go.Output;

/// <summary>
/// Failures of the whole build that have a code of ours. Whether a Go is too old for a module is not judged beforehand:
/// that depends on go.mod, go.work, every dependency, GOTOOLCHAIN (also in files) and on what can be downloaded, and
/// the go command finds it out in ten milliseconds. What it then says is put where the author can change it.
/// </summary>
internal static partial class GoKnownFailure
{
    private const string NewerGo =
        "Install a newer Go, let the property GoToolPath name one, allow Go to fetch it (GOTOOLCHAIN=auto and " +
        "network), or ask for less in the file";

    /// <param name="line">One line of the go command.</param>
    /// <param name="directory">Absolute path of the folder it ran in.</param>
    /// <param name="work">Absolute path of the go.work in force; null without one.</param>
    public static Diagnostic? Read(string line, string directory, string? work) =>
        TooOld().Match(line) is { Success: true } tooOld ? AtLanguage(
            tooOld.Groups["file"].Value, line, directory, work)
        : NoToolchain().Match(line) is { Success: true } none ? AtToolchain(
            none.Groups["name"].Value, line, directory, work)
        : NoModule().IsMatch(line) ? Diagnostic.Error(
            DiagnosticCodes.GoModuleMissing,
            $"{line["go: ".Length..]}. A plugin's backend is a Go module: run `go mod init <module path>` in " +
            $"{directory}.")
        : null;

    private static Diagnostic AtLanguage(string file, string line, string directory, string? work)
    {
        // It names ../x/go.mod of a workspace and replaced modules, and path@version for others: those are asked for by
        // ours.
        var named = Path.GetFullPath(file, directory);
        if (Directory.Exists(named))
        {
            named = Path.Combine(named, "go.mod");
        }

        var module = file == GoWorkspace.FileName ? OfWork(work)
            : file == "go.mod" ? GoModule.Read(directory)
            : File.Exists(named) ? GoModule.ReadFile(named)
            : GoModule.Read(directory);
        if (module is not null && file.Split('@') is [var path, _]
            && GoModuleMap.LineOf(module.File, path) is > 0 and var requirement)
        {
            return TooOld(line).At(module.File, requirement);
        }

        return TooOld(line).At(module?.File, module?.LanguageLine ?? 0, module is { LanguageLine: > 0 } ? 1 : 0);
    }

    private static Diagnostic AtToolchain(string name, string line, string directory, string? work)
    {
        var module = GoModule.Read(directory);
        foreach (var file in new[] { module, OfWork(work) }.OfType<GoModule>())
        {
            var place = file.Toolchain == name
                ? file.ToolchainLine
                : GoVersion.TryParse(name, out var version) && file.Language == version
                ? file.LanguageLine
                : 0;
            if (place > 0)
            {
                return TooOld(line).At(file.File, place, 1);
            }
        }

        return TooOld(line); // the variable GOTOOLCHAIN names it, or a module of others needs it
    }

    private static GoModule? OfWork(string? work) => work is null ? null : GoModule.ReadFile(work);

    private static Diagnostic TooOld(string line) =>
        Diagnostic.Error(DiagnosticCodes.GoTooOld, $"{line["go: ".Length..]}. {NewerGo}.");

    [GeneratedRegex(
        @"^go: (?:module )?(?<file>\S.*?) requires go >= \S+ \(running go \S+", RegexOptions.CultureInvariant
    )]
    private static partial Regex TooOld();

    [GeneratedRegex(
        @"^go: (?:download (?<name>go[0-9][\w.-]*)(?: for \S+)?: |cannot find ""(?<name>go[0-9][^""]*)"" in PATH)",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex NoToolchain();

    [GeneratedRegex("^go: (?:go.mod file not found in |cannot find main module)", RegexOptions.CultureInvariant)]
    private static partial Regex NoModule();
}
