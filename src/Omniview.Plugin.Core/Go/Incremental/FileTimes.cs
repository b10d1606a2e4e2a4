namespace Omniview.Plugin.Core.Go.Incremental;

/// <summary>When some files were written last, and how long they were: whether they are still the same.</summary>
internal sealed class FileTimes
{
    private readonly IReadOnlyList<(string File, DateTime Written, long Length)> _files;

    private FileTimes(IReadOnlyList<(string File, DateTime Written, long Length)> files) => _files = files;

    public bool HaveChanged => _files.Any(one => Look(one.File) != one);

    public static FileTimes Of(IEnumerable<string> files) => new([.. files.Select(Look)]);

    private static (string File, DateTime Written, long Length) Look(string file) =>
        File.Exists(file) && new FileInfo(file) is var info ? (file, info.LastWriteTimeUtc, info.Length) : (file, default, -1);
}
