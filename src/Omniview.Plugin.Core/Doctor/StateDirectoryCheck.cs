using Omniview.Plugin.Core.Client;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.State;

namespace Omniview.Plugin.Core.Doctor;

/// <summary>The state directory, and this plugin's folder in it, are there for this user, and for no other.</summary>
internal static class StateDirectoryCheck
{
    public static IEnumerable<Finding> Run(CheckContext context)
    {
        var state = context.StateDirectory;
        var host = new HostDirectory(state);
        List<string> folders = [state, host.Path, Path.Combine(state, "plugins")];
        if (context.Manifest.Manifest is { } manifest)
        {
            folders.Add(new InstalledPlugin(state, manifest.Id).Directory);
        }

        if (new FileInfo(state).LinkTarget is { } elsewhere)
        {
            context.AddFact($"The state directory {state} is a link to {elsewhere}");
        }

        if (!Directory.Exists(state) && !File.Exists(state))
        {
            context.AddFact($"The state directory {state} is not there yet");
            var above = Path.GetDirectoryName(state);
            while (above is not null && !Directory.Exists(above))
            {
                above = Path.GetDirectoryName(above);
            }

            return above is not null && FolderTrust.WhyUnwritable(above) is { } reason
                ? [CanNotUse(state, $"it can't be made: {reason}")]
                : [];
        }

        context.AddFact($"The state directory is {state}");
        return [.. folders.Where(Path.Exists).SelectMany(folder => Look(folder, isState: folder == state))];
    }

    private static IEnumerable<Finding> Look(string folder, bool isState)
    {
        if (FileFacts.Behind(folder) is not { Kind: FileKind.Folder } facts)
        {
            yield return CanNotUse(folder, "it is no folder");
            yield break;
        }

        if (FolderTrust.Objection(folder, mayBeLink: isState) is var (what, cure))
        {
            yield return Finding.Warning(DiagnosticCodes.StateDirectoryExposed, $"{what}.", cure).At(folder);
        }
        else if (facts.OthersMayWrite)
        {
            yield return Finding.Warning(
                DiagnosticCodes.StateDirectoryExposed,
                $"The group of {folder} may write in it, and so put programs there that run as you.",
                $"Keep it to yourself: chmod go-w '{folder}'").At(folder);
        }

        if (FolderTrust.WhyUnwritable(folder) is { } reason)
        {
            yield return CanNotUse(folder, reason);
        }
    }

    private static Finding CanNotUse(string folder, string reason) =>
        Finding.Error(
            DiagnosticCodes.StateDirectoryUnusable,
            $"{folder} can't be used: {reason}.",
            $"Allow your user to write there, or set {StateDirectory.Property} or {StateDirectory.Variable} to " +
            "another folder.").At(folder);
}
