using System.Diagnostics;

namespace Omniview.Plugin.DevServer.Tests.Infra;

/// <summary>
/// Projects on the real hashicorp/go-plugin, whose modules <c>build.sh setup all</c> puts beside the tools: no module
/// proxy is needed.
/// </summary>
internal static class GoPluginSources
{
    private static string Modules =>
        Environment.GetEnvironmentVariable("OMNIVIEW_TEST_GO_PLUGIN")
            ?? Path.Combine(Repository.Root, ".tools", "go-plugin");

    /// <summary>A plugin that greets as the sample does.</summary>
    public static void WritePlugin(string project)
    {
        Plugins.WriteManifest(project, "resource");
        WriteProgram(project, "pkg", "plugin");
    }

    /// <summary>What stands for Omniview: see <c>GoPrograms/app</c>. Returns the built program.</summary>
    public static async Task<string> BuildAppAsync(string folder)
    {
        WriteProgram(folder, ".", "app");
        using var go = Process.Start(
            new ProcessStartInfo("go", ["build", "-o", "app", "."])
            {
                WorkingDirectory = folder,
                RedirectStandardError = true,
            }
        )!;
        var said = await go.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await go.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(go.ExitCode == 0, said);
        return Path.Combine(folder, "app");
    }

    private static void WriteProgram(string project, string package, string program)
    {
        var modules = File.ReadAllLines(Path.Combine(Modules, "modules"));
        Plugins.Write(project, "go.mod", string.Join('\n', (string[])[
            "module example.com/real", "", "go 1.25", "",
            .. modules.Select(module => $"require {module} v0.0.0"),
            .. modules.Select(module => $"replace {module} => \"{Path.Combine(Modules, module)}\""), ""]));
        var source = Path.Combine(
            Repository.Root, "tests", "Omniview.Plugin.DevServer.Tests", "GoPrograms", program, "main.go");
        Plugins.Write(project, Path.Combine(package, "main.go"), File.ReadAllText(source));
    }
}
