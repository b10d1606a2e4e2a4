using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Omniview.Plugin.DevServer.Tests.Infra;

/// <summary>A world in which verbs of the command line are typed, and archives to install.</summary>
public abstract class VerbScratch : HostScratch
{
    protected async Task<(int ExitCode, string Output)> AskAsync(params string[] arguments)
    {
        var shell = StartCommandLine(arguments);
        var exitCode = await shell.ExitAsync();
        return (exitCode, shell.Text.TrimEnd('\n'));
    }

    /// <summary>The answer, of the form the schema has for the verb.</summary>
    protected async Task<JsonElement> JsonAsync(int exitCode, string verb, params string[] arguments)
    {
        var answer = await AskAsync([verb, "--json", .. arguments]);
        Assert.True(exitCode == answer.ExitCode, $"{verb} ended with {answer.ExitCode}: {answer.Output}");
        return CliSchema.Check(verb, answer.Output);
    }

    protected string Archive(string id, int assetBytes = 0)
    {
        var file = Path.Combine(Root, $"{id}.tar.gz");
        using var zipped = new GZipStream(File.Create(file), CompressionLevel.Fastest);
        using var tar = new TarWriter(zipped);
        foreach (
            var (name, text) in new[]
            {
                ("./plugin.yaml", $"id: {id}\nversion: 1.0.0\ncapabilities: [ui]\n"),
                ("./assets/entry.js", "System.register()"),
            })
        {
            tar.WriteEntry(
                new PaxTarEntry(TarEntryType.RegularFile, name)
                {
                    DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
                });
        }

        if (assetBytes > 0)
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "./assets/large")
            {
                DataStream = new MemoryStream(new byte[assetBytes]),
            });
        }

        return file;
    }
}
