using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Go.Toolchain;

namespace Omniview.Plugin.Core.Go.Commands;

/// <summary>
/// A folder for the go command's GOTMPDIR. Go does not remove its work when TERM ends it, so each cancelled run would
/// leave some; and the programs of <c>go test</c> lie there.
/// </summary>
internal sealed class GoWorkFolder : IDisposable
{
    private const string Prefix = "omniview-go-";

    /// <param name="temporaryFolder">The author's GOTMPDIR, or null for the system's.</param>
    /// <exception cref="IOException">It can't be created.</exception>
    /// <exception cref="UnauthorizedAccessException">Alike.</exception>
    public GoWorkFolder(string? temporaryFolder)
    {
        var temporary = temporaryFolder ?? System.IO.Path.GetTempPath();
        Path = OwnedFolders.Create(temporary, Prefix);
        OwnedFolders.Sweep(temporary, Prefix);
    }

    /// <summary>Its absolute path.</summary>
    public string Path { get; }

    /// <summary>The variables with this folder among them.</summary>
    public Dictionary<string, string?> ExtendEnvironment(IReadOnlyDictionary<string, string?> environment) =>
        new(environment, StringComparer.Ordinal) { ["GOTMPDIR"] = Path };

    /// <summary>Absolute path of the author's GOTMPDIR; null without one.</summary>
    public static string? ChosenFor(GoRequest request) =>
        GoSettings.Get(request.Environment, "GOTMPDIR") is { } chosen
            ? System.IO.Path.GetFullPath(chosen, request.ProjectDirectory)
            : null;

    public void Dispose() => OwnedFolders.Delete(Path);
}
