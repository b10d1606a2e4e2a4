using Omniview.Plugin.Core.Diagnostics;
using Omniview.Plugin.Core.Install;

namespace Omniview.Plugin.Core.Packaging;

/// <summary>OVP4005: what was built can't be published or packed.</summary>
internal static class PackagingProblem
{
    public static Diagnostic Of(string message) => Diagnostic.Error(DiagnosticCodes.PackagingFailed, message);

    /// <param name="cause">What was thrown.</param>
    /// <param name="path">The file or folder it happened at.</param>
    /// <param name="outcome">What is there now, as a sentence.</param>
    public static DiagnosticException Of(Exception cause, string path, string outcome) =>
        new(Of(
            $"{path} can't be written: {cause.Message.TrimEnd('.')}. {outcome}Allow your user to write there, free " +
            "some space, or choose another folder with -o.").At(path), cause);

    /// <summary>
    /// Runs what writes below a folder; what the file system refuses becomes a problem at that folder.
    /// </summary>
    public static T Guard<T>(string folder, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception e) when (TransferProblem.IsOne(e))
        {
            throw Of(e, folder, "");
        }
    }
}
