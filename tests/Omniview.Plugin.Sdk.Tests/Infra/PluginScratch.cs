using Microsoft.Build.Framework;
using Microsoft.Build.Logging.StructuredLogger;

namespace Omniview.Plugin.Sdk.Tests.Infra;

/// <summary>A scratch world with a plugin project in it, and what tests ask of its builds.</summary>
public abstract class PluginScratch(PackageCache packages, string folder = "a b;c%20é") : SdkScratch(packages, folder)
{
    protected const string Id = "my-plugin";

    protected string ProjectFile => InProject("My.Plugin.csproj");

    /// <summary>A plugin with a Go backend only; quick to build.</summary>
    protected void WriteBackendPlugin(string projectBody = "")
    {
        WriteProject(projectBody);
        Write("plugin.yaml", $"id: {Id}\nversion: 1.2.3\ncapabilities: [resource]\n");
        Write("go.mod", "module example.com/my-plugin\n\ngo 1.25\n");
        Write("pkg/main.go", "package main\n\nfunc main() {\n\tprintln(greeting())\n}\n");
        Write("pkg/greeting.go", "package main\n\nfunc greeting() string {\n\treturn \"hello\"\n}\n");
    }

    /// <summary>The repository's sample: backend and UI.</summary>
    protected void CopySample(string projectBody = "")
    {
        SourceFolder.Copy(Repository.Sample, Project);
        File.Delete(InProject("Hello.Omniview.csproj"));
        File.Delete(InProject("global.json"));
        WriteProject(projectBody);
    }

    /// <summary>The sample without its UI, for tests that say nothing of one: no package to install, no Vite.</summary>
    protected void CopyBackend(string projectBody = "")
    {
        CopySample(projectBody);
        Directory.Delete(InProject("ui"), recursive: true);
        Replace("plugin.yaml", "  - ui\n", "");
    }

    protected void WriteProject(string body) =>
        Write("My.Plugin.csproj", $"""<Project Sdk="Omniview.Plugin.Sdk/{Repository.SdkVersion}">{body}</Project>""");

    /// <summary>What the project says, before any target runs.</summary>
    private protected Evaluation Evaluate() => Evaluation.Of(ProjectFile);

    protected Task<Result> BuildAsync(params IEnumerable<string> arguments) =>
        DotnetAsync(["build", "-nologo", "-tl:off", .. arguments]);

    /// <summary>After a restore or another build of this test: what is restored stays as it is.</summary>
    protected Task<Result> BuildAgainAsync(params IEnumerable<string> arguments) =>
        BuildAsync(["--no-restore", .. arguments]);

    /// <summary>Runs a build with a binary log and reads the events in it.</summary>
    protected async Task<(Result Result, IReadOnlyList<BuildEventArgs> Log)> BuildWithLogAsync(
        params IEnumerable<string> arguments)
    {
        var file = Path.Combine(Root, "build.binlog");
        var result = await BuildAsync([.. arguments, $"-bl:{file}"]);
        return (
            result,
            [.. new BinLogReader().ReadRecords(file).Select(record => record.Args).Where(args => args is not null)]);
    }
}
