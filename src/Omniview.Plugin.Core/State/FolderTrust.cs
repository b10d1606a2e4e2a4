using System.Globalization;
using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.State;

/// <summary>
/// Whether a folder is ours, so that nobody else can have put something there or can do so. What is above it does not
/// matter: who exchanges the folder puts one of their own in its place. The user's group may write: with a umask of 002
/// all folders are so, and the group then is the user's own; doctor warns all the same.
/// </summary>
internal static class FolderTrust
{
    /// <summary>What is wrong with a folder and what to do; null for a good one and for what is none.</summary>
    /// <param name="folder">Its path.</param>
    /// <param name="mayBeLink">The user may have chosen another place by a link.</param>
    public static (string What, string Cure)? Objection(string folder, bool mayBeLink)
    {
        if (!mayBeLink && new FileInfo(folder).LinkTarget is { } target)
        {
            return (
                $"{folder} is a link to {target}: what is installed and recorded would land there",
                "Remove the link, or let the state directory itself be one.");
        }

        return (mayBeLink ? FileFacts.Behind(folder) : FileFacts.Of(folder)) switch
        {
            null or { Kind: not FileKind.Folder } => null,
            { IsOwn: false, Owner: var owner } => (
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{folder} belongs to another user (UID {owner}, you are {FileFacts.Self}), who can put programs " +
                    $"there that run as you"),
                FileFacts.Self == 0
                    ? $"Run this as that user, without sudo, or set {StateDirectory.Property} or " +
                        $"{StateDirectory.Variable} to a folder of root's."
                    : $"Make it yours: sudo chown -R \"$(id -u)\" '{folder}'"),
            { Mode: var mode } when mode.HasFlag(UnixFileMode.OtherWrite) => (
                $"Others may write in {folder}, and so put programs there that run as you",
                $"Look for what is not yours in it, then keep it to yourself: chmod go-w '{folder}'"),
            _ => null,
        };
    }

    /// <summary>Refuses a folder that is not ours alone. One that is not there is no problem.</summary>
    /// <exception cref="DiagnosticException">OVP6005.</exception>
    public static void Require(string folder, bool mayBeLink)
    {
        if (Objection(folder, mayBeLink) is var (what, cure))
        {
            throw new DiagnosticException(Diagnostic.Error(
                DiagnosticCodes.StateDirectoryExposed, $"{what}. It is not used. {cure}").At(folder));
        }
    }

    /// <summary>Why nothing can be written in a folder; null when something can.</summary>
    public static string? WhyUnwritable(string folder)
    {
        var probe = Temporaries.Beside(Path.Combine(folder, "probe"));
        try
        {
            File.WriteAllBytes(probe, [0]); // a full disk still takes an empty file
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message.Replace(probe, folder, StringComparison.Ordinal).TrimEnd('.');
        }
        finally
        {
            Temporaries.TryDelete(probe);
        }
    }
}
