using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.DevInfo;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Install;
using Omniview.Plugin.Core.Machine;
using Omniview.Plugin.Core.Processes;
using Omniview.Plugin.Core.State;
using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.Core.Doctor;

/// <summary>
/// Processes and files of dev hosts and plugins that were killed. Only looks: the next dev host ends and removes them.
/// Apart from installs: nobody can want a plugin of two versions.
/// </summary>
internal static class LeftoversCheck
{
    public static IEnumerable<Finding> Run(CheckContext context)
    {
        foreach (var install in InterruptedInstalls.RollBack(context.StateDirectory))
        {
            yield return Finding.Of(install);
        }

        var host = new HostDirectory(context.StateDirectory);
        var orphans = Orphans(host.Groups);
        if (orphans.Count > 0)
        {
            yield return Finding.Warning(
                DiagnosticCodes.LeftoversOfDeadHost,
                $"Programs of a dev host that was killed still run: {string.Join(", ", orphans)}.",
                $"The next dev loop ends them; so does: omniview-plugin-dev reap --state-dir {context.StateDirectory}")
                    .At(host.Groups);
        }

        foreach (
            var file in Safe(() => Directory.EnumerateFiles(host.Path, "host.*.json"))
                .Where(file => HostRecord.Read(file) is { IsAlive: false }))
        {
            yield return Finding
                .Warning(
                    DiagnosticCodes.LeftoversOfDeadHost,
                    "This is the record of a dev host that was killed.",
                    "Any verb removes it: omniview-plugin-dev ps")
                .At(file);
        }

        foreach (
            var folder in Safe(() => Directory.EnumerateDirectories(Path.Combine(context.StateDirectory, "plugins"))))
        {
            var file = Path.Combine(folder, ".devinfo");
            if (DevInfoFile.Read(file) is { } info && ProcessIdentity.Of(info.Pid) is null)
            {
                yield return Finding.Warning(
                    DiagnosticCodes.LeftoversOfDeadHost,
                    FormattableString.Invariant(
                        $"This names a plugin that has ended (PID {info.Pid}): Omniview would try to reach it."),
                    "Delete it. The next dev loop does so, too.").At(file);
            }
        }
    }

    private static List<string> Orphans(string groups)
    {
        var records = Safe(() => Directory.EnumerateFiles(groups, "*.group")).Select(Read).OfType<GroupRecord>().Where(
            record => record.IsOfThisBoot && !record.Owner.IsAlive).ToList();
        var members = ProcessGroup.Members([.. records.Select(record => record.Group)]);
        return
        [
            .. records.SelectMany(record =>
                members
                    .GetValueOrDefault(record.Group, [])
                    .Select(process => FormattableString.Invariant($"{record.Program} (PID {process.Pid})"))),
        ];
    }

    private static GroupRecord? Read(string file) =>
        StateFile.TryRead(file) is { } content ? GroupRecord.Parse(content) : null;

    private static List<string> Safe(Func<IEnumerable<string>> files)
    {
        try
        {
            return [.. files()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // not there; or said by the check of the state directory
        }
    }
}
