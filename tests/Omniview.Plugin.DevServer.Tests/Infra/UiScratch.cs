using Omniview.Plugin.Core.Wire;

namespace Omniview.Plugin.DevServer.Tests.Infra;

/// <summary>A world with a UI whose package manager is a script.</summary>
public abstract class UiScratch : HostScratch
{
    protected const string NoInstall = "exit 0\n";

    private protected static async Task FailsTooOftenAsync(Dev dev, string word)
    {
        for (var time = 0; time < 6; time++)
        {
            await dev.LogAsync(word);
        }

        await dev.LogAsync("Vite is not started again by itself");
    }

    /// <summary>
    /// With a package manager that is this script. Tests share the ports of the machine, so each may get any.
    /// </summary>
    private protected DevSettings WithFakes(string install) =>
        Settings(Project) with { Ui = OwnPorts with { PackageManagerPath = FakeTool("pnpm", install) } };

    protected static async Task<string> GetAsync(string address)
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(new Uri(address), Cancellation);
    }
}
