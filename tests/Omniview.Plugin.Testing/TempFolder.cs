namespace Omniview.Plugin.Testing;

/// <summary>
/// A folder of one test, gone with it. Its name holds what paths of users hold: spaces, signs MSBuild escapes, and é.
/// </summary>
public sealed class TempFolder : IDisposable
{
    public TempFolder() => Path = Directory.CreateTempSubdirectory("ovp a;b%20é-").FullName;

    public string Path { get; }

    /// <summary>A path in it, which is written with '/' and told as the system does.</summary>
    public string this[string relative] =>
        System.IO.Path.Combine(Path, relative.Replace('/', System.IO.Path.DirectorySeparatorChar));

    public string Write(string relative, string text)
    {
        var file = this[relative];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
