using System.Security.Cryptography;
using System.Text;
using Omniview.Plugin.Core.Go.Toolchain;
using Omniview.Plugin.Core.State;

namespace Omniview.Plugin.Core.Go.Modules;

/// <summary>The files that say which modules a plugin needs, and the note of those last fetched.</summary>
/// <param name="projectDirectory">Absolute path of the project.</param>
/// <param name="stampDirectory">Absolute path of the folder of ours where the note is.</param>
/// <param name="goWork">The property GoWork.</param>
/// <param name="environment">The author's variables: another module cache has to be filled too.</param>
internal sealed class GoModuleFiles(
    string projectDirectory, string stampDirectory, string? goWork, IReadOnlyDictionary<string, string?> environment)
{
    private static readonly string[] CachePlaces = ["GOMODCACHE", "GOPATH"];

    private readonly string _stamp = Path.Combine(stampDirectory, IntermediateFolder.ModulesStamp);
    private readonly string? _module = GoModule.Read(projectDirectory)?.File;
    private readonly string? _work = GoWorkspace.Of(projectDirectory, goWork, environment).File;

    /// <summary>
    /// Whether nothing has to be fetched: no module is required, all are in <c>vendor</c>, or these were fetched
    /// before.
    /// </summary>
    public bool AreFetched() => !AreNeeded() || StampFile.Read(_stamp) is [var key] && key == Key();

    /// <summary>Notes that what the files say now is fetched.</summary>
    public void NoteFetched() => StampFile.Write(_stamp, [Key()]);

    /// <summary>
    /// What a locked restore must leave as it is, with its content; null for a file that is not there.
    /// </summary>
    internal Dictionary<string, byte[]?> Read() =>
        Files().ToDictionary(file => file, file => File.Exists(file) ? File.ReadAllBytes(file) : null);

    private bool AreNeeded() =>
        _module is not null
        && !(_work is null && File.Exists(Path.Combine(Path.GetDirectoryName(_module)!, "vendor", "modules.txt")))
        && (_work is not null || GoModule.Lines(_module).Any(line => GoModule.Words(line) is ["require", ..]));

    private string Key()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in CachePlaces.Select(name => GoSettings.Get(environment, name) ?? ""))
        {
            hash.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        }

        foreach (var (file, content) in Read())
        {
            hash.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(file)));
            hash.AppendData(SHA256.HashData(content ?? []));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private IEnumerable<string> Files()
    {
        string?[] files =
        [
            _module,
            _module is null ? null : Path.ChangeExtension(_module, ".sum"),
            _work,
            _work is null ? null : _work + ".sum",
        ];
        return files.OfType<string>();
    }
}
