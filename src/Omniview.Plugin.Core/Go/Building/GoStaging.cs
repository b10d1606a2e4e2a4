using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Go.Commands;

namespace Omniview.Plugin.Core.Go.Building;

/// <summary>
/// Where a build writes until its program is whole. `go build -o` copies into place when its work folder is on another
/// file system, and always on Windows, so whoever looks sees half a program; and a half one left by a killed go counts
/// as up to date ever after, since Go looks only at the build ID in its first bytes. So go gets a copy of the finished
/// program in a hidden folder beside it (finding its build ID there, go skips the link if nothing changed: 0.1 instead
/// of 0.35 s; and it still refuses to overwrite what is no program), and what it makes of the copy is renamed into
/// place.
/// </summary>
internal sealed class GoStaging : IDisposable
{
    // Go touches the program also when it is up to date (BuildInstallFunc of cmd/go): one that still has this time
    // was not made or confirmed by the build. Even seconds, for FAT.
    private static readonly DateTime Untouched = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly GoWorkFolder _work;
    private readonly string _output;
    private readonly string _folder;

    /// <param name="output">Absolute path of the finished program; its folder is created.</param>
    /// <param name="temporaryFolder">The author's GOTMPDIR, or null for the system's.</param>
    /// <param name="copied">Whether the build begins with the finished program: only go looks into it.</param>
    /// <exception cref="IOException">The output's folder can't be created or written to.</exception>
    /// <exception cref="UnauthorizedAccessException">Alike.</exception>
    public GoStaging(string output, string? temporaryFolder, bool copied = true)
    {
        _output = output;
        _work = new GoWorkFolder(temporaryFolder);
        var (parent, name) = (Path.GetDirectoryName(output)!, Path.GetFileName(output));
        Directory.CreateDirectory(parent);
        OwnedFolders.Sweep(parent, $".{name}.", ".building");
        _folder = OwnedFolders.Create(parent, $".{name}.", ".building");
        Program = Path.Combine(_folder, name);
        if (copied && File.Exists(output))
        {
            File.Copy(output, Program);
            File.SetLastWriteTimeUtc(Program, Untouched);
        }
    }

    /// <summary>Absolute path of the file for <c>-o</c>.</summary>
    public string Program { get; }

    /// <summary>Absolute path of a folder for GOTMPDIR.</summary>
    public string Work => _work.Path;

    /// <summary>Whether the build made the program, or found that it is up to date.</summary>
    public bool HasProgram => File.Exists(Program) && File.GetLastWriteTimeUtc(Program) != Untouched;

    /// <summary>
    /// Puts the program in its place, in one step. One with the same bytes stays as it is, with its time.
    /// </summary>
    /// <exception cref="IOException">The place can't be written, or (Windows) a program in it is running.</exception>
    /// <exception cref="UnauthorizedAccessException">Alike.</exception>
    public void PutInPlace()
    {
        var finished = FileContent.IsSame(_output, Program) ? _output : Program;
        const UnixFileMode Runnable = (UnixFileMode)0b111_101_101;
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(finished) != Runnable)
        {
            File.SetUnixFileMode(finished, Runnable);
        }

        if (finished == Program)
        {
            File.Move(Program, _output, overwrite: true);
        }
    }

    public void Dispose()
    {
        OwnedFolders.Delete(_folder);
        _work.Dispose();
    }
}
