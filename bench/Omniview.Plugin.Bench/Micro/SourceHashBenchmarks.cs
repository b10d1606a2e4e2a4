using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Omniview.Plugin.Core.Watching;

namespace Omniview.Plugin.Bench.Micro;

/// <summary>Whether a saved source file holds something new; its peer only reads the file.</summary>
public class SourceHashBenchmarks
{
    private const int Bytes = 16 * 1024;

    private readonly ContentMemory _memory = new();
    private string _file = "";

    [GlobalSetup]
    public void MakeFile()
    {
        _file = Path.GetTempFileName();
        File.WriteAllBytes(_file, RandomNumberGenerator.GetBytes(Bytes));
    }

    [GlobalCleanup]
    public void RemoveFile() => File.Delete(_file);

    [Benchmark(Description = "ContentMemory (ours)")]
    public bool Hash() => _memory.HasChanged(_file);

    [Benchmark(Description = "reading the file")]
    public byte[] Read() => File.ReadAllBytes(_file);
}
