using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.State;

namespace Omniview.Plugin.Core.Ui.Packages;

/// <summary>
/// What was installed last: a key over everything that says what to install, the package manager's own note of what is
/// in node_modules, and which node_modules there were. It no longer holds when any of them differs, so neither a
/// deleted node_modules nor an install by hand in between is missed.
/// </summary>
internal sealed class InstallStamp(string stampDirectory, UiProject ui, PackageManager manager)
{
    private static readonly string[] Declarations = [
        "package.json", "pnpm-workspace.yaml", ".pnpmfile.cjs", ".npmrc", ".yarnrc", ".yarnrc.yml", "bunfig.toml"];
    private static readonly string[] LockFiles = [
        "pnpm-lock.yaml", "package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "bun.lock", "bun.lockb"];

    /// <summary>What each manager writes into node_modules about what it installed; Bun writes nothing.</summary>
    private static readonly string[] Notes = [
        ".pnpm/lock.yaml", ".package-lock.json", ".yarn-integrity", ".yarn-state.yml"];

    /// <summary>Packages with programs are installed for one: a checkout may be another machine's as well.</summary>
    private static readonly string Platform = RuntimeInformation.RuntimeIdentifier;

    private readonly string _file = Path.Combine(stampDirectory, IntermediateFolder.InstallStamp);

    /// <summary>Changes when what is to be installed does.</summary>
    public string Key() => $"{Declared()} {Hash(LockFiles)} {Hash(LocalPackages.FilesOf(ui))}";

    /// <summary>The part of <see cref="Key"/> that an install does not change itself.</summary>
    public string Declared() => $"{manager.Name} {Platform} {Hash(Declarations)}";

    public bool IsCurrent() =>
        StampFile.Read(_file) is [var key, var notes, .. var modules]
        && key == Key()
        && notes == Installed()
        && modules.All(Directory.Exists);

    public void Write() =>
        StampFile.Write(_file, [Key(), Installed(), .. Modules()]);

    public void Clear() => StateFile.Remove(_file);

    private string Installed() =>
        Hash(Modules().SelectMany(folder => Notes.Select(note => Path.Combine(folder, note))));

    private IEnumerable<string> Modules() =>
        ui.Folders().Select(folder => Path.Combine(folder, "node_modules")).Where(Directory.Exists);

    private string Hash(string[] names) =>
        Hash(ui.Folders().SelectMany(folder => names.Select(name => Path.Combine(folder, name))));

    /// <summary>Over the names and contents of those that are there.</summary>
    internal static string Hash(IEnumerable<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files.Where(file => FileFacts.Behind(file)?.Kind == FileKind.File))
        {
            hash.AppendData(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(file)));
            hash.AppendData(ContentOf(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static byte[] ContentOf(string file)
    {
        try
        {
            using var stream = RegularFile.Open(file);
            return SHA256.HashData(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // nor can an install read it
        }
    }
}
