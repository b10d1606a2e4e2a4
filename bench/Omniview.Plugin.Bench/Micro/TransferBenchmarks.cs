using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Omniview.Plugin.Core.Install;

namespace Omniview.Plugin.Bench.Micro;

/// <summary>
/// The transfer of a binary that is installed already, which is compared; its peer copies it, as upstream does.
/// </summary>
public class TransferBenchmarks
{
    private const int Bytes = 26 * 1024 * 1024; // a plugin built on the real plugin-sdk

    private string _folder = "";
    private InstallRequest? _request;

    private string Copied => Path.Combine(_folder, "copied");

    [GlobalSetup]
    public void Install()
    {
        _folder = Directory.CreateTempSubdirectory("transfer-").FullName;
        var manifest = Path.Combine(_folder, "plugin.yaml");
        var binary = Path.Combine(_folder, "plugin");
        File.WriteAllText(manifest, $"id: {PluginProject.DefaultId}\n");
        File.WriteAllBytes(binary, RandomNumberGenerator.GetBytes(Bytes));
        _request = new InstallRequest(Path.Combine(_folder, "state"), PluginProject.DefaultId, manifest)
        {
            BinaryFile = binary,
            WindowsBinary = OperatingSystem.IsWindows(),
        };
        PluginInstaller.Install(_request);
        if (Compare())
        {
            throw new InvalidOperationException("An install that was just done is not found done.");
        }
    }

    [GlobalCleanup]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Benchmark(Description = "PluginInstaller (ours)")]
    public bool Compare() => PluginInstaller.Install(_request!).AnyChange;

    [Benchmark(Description = "copying the file")]
    public void Copy() => File.Copy(_request!.BinaryFile!, Copied, overwrite: true);
}
