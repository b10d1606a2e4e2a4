using System.Diagnostics;
using Omniview.Plugin.Bench.Measuring;

namespace Omniview.Plugin.Bench.Builds;

/// <summary>
/// <c>dotnet build</c> when there is nothing to do: what every build of a solution pays for each plugin in it.
/// </summary>
internal sealed class NoOpBuild : IScenario
{
    public string Name => "no-op-build";

    public string About =>
        "`dotnet build --no-restore` of unchanged projects, without MSBuild server or node reuse. Ours: the sample " +
        "plugin, backend only, `go build` included. "
        + $"Peers: a project of Microsoft.Build.NoTargets {Repository.NoTargetsVersion} (the least an SDK can do), " +
            "an empty class library, and `go build` alone.";

    public async Task<IReadOnlyList<Comparison>> MeasureAsync(
        World world, Runner runner, CancellationToken cancellation)
    {
        await WriteNuGetConfigAsync(world, cancellation);
        var plugin = PluginProject.Sample(world, "no-op-plugin").Folder;
        var go = Command.Find("go");
        var dotnet = Command.Find("dotnet");
        string[] goBuild = ["build", "-o", Path.Combine("build", "bin", "plugin"), "./pkg"];
        Contender[] contenders =
        [
            await DotnetAsync("plugin (ours)", plugin),
            await DotnetAsync(
                "NoTargets project",
                await ProjectAsync(
                    world,
                    "no-targets",
                    $"Microsoft.Build.NoTargets/{Repository.NoTargetsVersion}",
                    cancellation)),
            await DotnetAsync(
                "empty class library", await ProjectAsync(world, "class-library", "Microsoft.NET.Sdk", cancellation)),
            await PreparedAsync("go build", PluginProject.Sample(world, "no-op-go").Folder, go, goBuild, goBuild),
        ];
        return await runner.AlternateAsync(contenders, cancellation);

        Task<Contender> DotnetAsync(string name, string folder) =>
            PreparedAsync(name, folder, dotnet, ["build"], ["build", "--no-restore"]);

        async Task<Contender> PreparedAsync(string name, string folder, string program, string[] first, string[] again)
        {
            await Command.RunAsync(program, folder, cancellation, first);
            return new Contender(name, async cancel =>
            {
                var start = Stopwatch.GetTimestamp();
                await Command.RunAsync(program, folder, cancel, again);
                return [Reading.Milliseconds("no-op build", Stopwatch.GetElapsedTime(start))];
            });
        }
    }

    /// <summary>Only folders, so that no registry has a part in it.</summary>
    private static Task WriteNuGetConfigAsync(World world, CancellationToken cancellation) =>
        File.WriteAllTextAsync(Path.Combine(world.Root, "nuget.config"), $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="packed" value="{Repository.Packages}" />
                <add key="no-targets" value="{Repository.NoTargetsFolder}" />
              </packageSources>
            </configuration>
            """, cancellation);

    private static async Task<string> ProjectAsync(World world, string name, string sdk, CancellationToken cancellation)
    {
        var folder = world.Folder(name);
        await File.WriteAllTextAsync(
            Path.Combine(folder, $"{name}.csproj"),
            $"<Project Sdk=\"{sdk}\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>"
                + "</Project>",
            cancellation);
        return folder;
    }
}
