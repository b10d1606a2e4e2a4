using Omniview.Plugin.Core.Go.Building;
using Omniview.Plugin.Core.Go.Commands;
using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.Processes;

namespace Omniview.Plugin.Core.Go.Incremental;

/// <summary>Runs the linker.</summary>
internal sealed class ProgramLinker(
    GoBuildRequest request, ToolStep step, IReadOnlyDictionary<string, string?> environment, string work)
{
    private readonly string _importConfig = Path.Combine(work, "importcfg.link");

    /// <summary>
    /// Links the program and puts it in its place; false when it can't, and the program there is still the last one.
    /// </summary>
    /// <param name="archiveOf">Where a package is.</param>
    /// <param name="cancellation">Ends the linker.</param>
    public async Task<bool> RunAsync(Func<string, string> archiveOf, CancellationToken cancellation)
    {
        if (!step.IsAll)
        {
            return false;
        }

        using var staging = new GoStaging(request.Output, work, copied: false);
        step.Imports.Write(_importConfig, archiveOf);
        var isSilent = true;
        var variables = new Dictionary<string, string?>(environment, StringComparer.Ordinal)
        {
            ["TMPDIR"] = staging.Work,
            ["TMP"] = staging.Work,
            ["TEMP"] = staging.Work,
        };
        var spec = step.Run(staging.Program, _importConfig, NewBuildId(), variables, [], archiveOf(step.Package));
        var exitCode = await ToolRunner.RunAsync(spec, _ => isSilent = false, cancellation);
        if (exitCode != 0 || !isSilent || GoBuilder.WhatIsWrong(request, staging) is not null)
        {
            return false;
        }

        staging.PutInPlace();
        return true;
    }

    /// <summary>
    /// Never one that Go would give: it would take the program for its own, and up to date when it is not. Another each
    /// time, since debuggers and profilers know programs by it; as long as Go's, so that all else in the program is
    /// where Go would have it.
    /// </summary>
    private static string NewBuildId() => string.Join('/', Enumerable.Repeat($"omniview{Randomness.Hex(6)}", 4));
}
