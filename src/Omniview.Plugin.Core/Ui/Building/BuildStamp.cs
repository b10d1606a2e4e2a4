using System.Globalization;
using Omniview.Plugin.Core.State;

namespace Omniview.Plugin.Core.Ui.Building;

/// <summary>
/// What was built last: the fingerprint of its inputs, and size and time of every file that came out.
/// </summary>
internal sealed class BuildStamp(string stampDirectory, string outDir)
{
    private readonly string _file = Path.Combine(stampDirectory, IntermediateFolder.BuildStamp);

    /// <summary>
    /// Whether the inputs are those of the last good build and its output is still there as it was. Files somebody else
    /// added to the output do no harm: a step after the build may have put them there.
    /// </summary>
    public bool IsCurrent(string fingerprint) =>
        StampFile.Read(_file) is [var last, .. var outputs]
        && last == fingerprint
        && outputs.ToHashSet().IsSubsetOf(Outputs());

    public void Write(string fingerprint) => StampFile.Write(_file, Outputs().Prepend(fingerprint));

    /// <summary>
    /// Absolute paths of the files that came out of the last good build and are still as it left them.
    /// </summary>
    public IReadOnlyList<string> NotedOutputs() =>
        StampFile.Read(_file) is [_, .. var outputs]
            ? [.. outputs.Intersect(Outputs()).Select(noted => Path.Combine(outDir, noted.Split(' ', 3)[2]))]
            : [];

    public void Delete() => StateFile.Remove(_file);

    private IEnumerable<string> Outputs() =>
        Directory.Exists(outDir)
            ? new DirectoryInfo(outDir)
                .EnumerateFiles("*", SearchOption.AllDirectories)
                .Select(file =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{file.Length} {file.LastWriteTimeUtc.Ticks} {Path.GetRelativePath(outDir, file.FullName)}"))
                .Order(StringComparer.Ordinal)
            : [];
}
