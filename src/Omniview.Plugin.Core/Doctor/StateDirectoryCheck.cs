using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Hosting;
using Omniview.Plugin.Core.State;

namespace Omniview.Plugin.Core.Doctor;

/// <summary>The state directory, and this plugin's folder in it, are there for this user, and for no other.</summary>
internal static class StateDirectoryCheck
{
    public static IEnumerable<Finding> Run(Patient patient)
    {
        var state = patient.StateDirectory;
        var host = new HostDirectory(state);
        List<string> folders = [state, host.Path, Path.Combine(state, "plugins")];
        if (patient.Manifest.Manifest is { } manifest)
        {
            folders.Add(new InstalledPlugin(state, manifest.Id).Directory);
        }

        if (new FileInfo(state).LinkTarget is { } elsewhere)
        {
            patient.Note($"The state directory {state} is a link to {elsewhere}");
        }

        if (!Directory.Exists(state) && !File.Exists(state))
        {
            patient.Note($"The state directory {state} is not there yet");
            var above = Path.GetDirectoryName(state);
            while (above is not null && !Directory.Exists(above))
            {
                above = Path.GetDirectoryName(above);
            }

            return above is not null && Unusable(above) is { } reason ? [CanNotUse(state, $"it can't be made: {reason}")] : [];
        }

        patient.Note($"The state directory is {state}");
        return [.. folders.Where(Path.Exists).SelectMany(folder => Look(folder, isState: folder == state))];
    }

    private static IEnumerable<Finding> Look(string folder, bool isState)
    {
        if (!isState && new FileInfo(folder).LinkTarget is { } target)
        {
            yield return Finding.Warning(
                DiagnosticCodes.StateDirectoryExposed,
                $"This folder is a link to {target}: what is installed and recorded lands there, and installing into a plugin's folder that is one is refused.",
                "Remove the link, or let the state directory itself be one.").At(folder);
            yield break;
        }

        if (!Directory.Exists(folder))
        {
            yield return CanNotUse(folder, "it is no folder");
            yield break;
        }

        if (Unusable(folder) is { } reason)
        {
            yield return CanNotUse(folder, reason);
        }

        if (FileFacts.Behind(folder) is { IsOwn: false } facts)
        {
            yield return Finding.Warning(
                DiagnosticCodes.StateDirectoryExposed,
                FormattableString.Invariant($"This folder belongs to another user (UID {facts.Owner}, you are {FileFacts.Self}), who can put programs there that run as you."),
                $"Make it yours: sudo chown -R \"$(id -u)\" '{folder}'").At(folder);
        }

        if (FileFacts.Behind(folder) is { OthersMayWrite: true })
        {
            yield return Finding.Warning(
                DiagnosticCodes.StateDirectoryExposed,
                "Others may write in this folder, and so put programs there that run as you.",
                $"Keep it to yourself: chmod go-w '{folder}'").At(folder);
        }
    }

    /// <summary>Why no file can be made in the folder; null when one can.</summary>
    private static string? Unusable(string folder)
    {
        try
        {
            var probe = Temporaries.Beside(Path.Combine(folder, "probe"));
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message.TrimEnd('.');
        }
    }

    private static Finding CanNotUse(string folder, string reason) =>
        Finding.Error(
            DiagnosticCodes.StateDirectoryUnusable,
            $"{folder} can't be used: {reason}.",
            $"Allow your user to write there, or set {StateDirectory.Property} or {StateDirectory.Variable} to another folder.").At(folder);
}
